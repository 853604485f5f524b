# Connecting a number: problems, and what `recado connect` asks and tells.
problem-invalid-app-id = O id do app é o número que o painel da Meta mostra ao lado do nome: só dígitos.
problem-invalid-app-secret = Falta a chave secreta do app, ou não é uma só palavra: cole-a como a Meta mostra.
problem-invalid-access-token = Falta o token, ou não é uma só palavra: cole-o como a Meta mostra.
problem-token-of-another-app = O token é de outro app. Dê o id e o segredo do app que você escolheu ao gerá-lo, ou gere outro para este.
problem-token-dead = O token não funciona, ou não funciona mais. Crie outro: business.facebook.com › Configurações › Usuários › Usuários do sistema › Gerar token, expiração Nunca.
problem-token-too-weak = Falta uma permissão ao token. Gere outro e marque as três.
problem-secret-wrong = A Meta não aceita este segredo para este app. Copie outra vez: developers.facebook.com › Meus apps › o app › Configurações do app › Básico › Chave secreta › Mostrar.
problem-no-public-url = A Meta precisa chegar a esta máquina por um endereço https, e o recado não sabe qual é. Escolha um caminho abaixo e ponha webhook.public_url em recado.toml.
problem-webhook-elsewhere = Os webhooks deste app vão para outro programa.
problem-webhook-unreached = A Meta chamou o endereço público e não recebeu a resposta certa: o caminho até esta máquina se interrompe em algum ponto. recado doctor diz onde.
problem-number-in-use = O número já está em uso no WhatsApp. No telefone dele: Configurações › Conta › Apagar conta (a linha continua sua). Em outro provedor: peça que o apaguem lá. Depois, tente de novo.
problem-code-wrong = O código não está certo. Olhe o SMS mais recente.
problem-code-over = Este código não vale mais: tem mais de dez minutos ou errou três vezes. Peça outro.
problem-pin-wrong = O número já tem um PIN: dê esse. Se foi esquecido: Gerenciador do WhatsApp › Números de telefone › o número › Configurações › Confirmação em duas etapas › Desativar.
problem-too-many-registrations = A Meta permite dez registros de um número em 72 horas.
problem-step-too-early = Antes vem outro passo: é preciso confirmar o número com um código.
connect-no-answer = Falta uma resposta. Faça num terminal, ou dê as respostas linha por linha, em ordem.
connect-ask-org = Como se chama o negócio?
connect-which-org = Para qual organização?
connect-which = Qual?
connect-which-account = Em qual conta?
connect-use-kept = O token do app { $app }, guardado de antes
connect-paste-another = Outro token
connect-token-where = Id e segredo do app: developers.facebook.com › Meus apps › o app › Configurações do app › Básico. Token: business.facebook.com › Configurações › Usuários › Usuários do sistema › Gerar token (expiração Nunca, três permissões: whatsapp_business_messaging, whatsapp_business_management, business_management).
connect-ask-app = Id do app:
connect-ask-secret = Segredo do app (não aparece):
connect-ask-token = Token (não aparece):
connect-token-permanent = Um token de usuário do sistema que não expira: o certo.
connect-token-sixty = Um token de usuário do sistema por sessenta dias; o recado o renova a tempo.
connect-token-temporary = Um token temporário: morre em menos de um dia e só serve para um primeiro teste.
connect-token-personal = Um token de uma pessoa: morre com a senha ou a função dela.
connect-token-how = Um que dure: business.facebook.com › Configurações › Usuários › Usuários do sistema: adicione um como Administrador, Atribuir ativos (o app e a conta do WhatsApp, controle total), Gerar token com expiração Nunca. Depois: recado number set NÚMERO --access-token-file -
connect-numbers = O token vê estes números:
connect-new-number = Um número novo
connect-no-accounts = O token não vê nenhuma conta do WhatsApp: atribua uma ao usuário do sistema dele (Atribuir ativos) e tente de novo.
connect-ask-phone = O número, com + e código do país:
connect-ask-name = O nome que os clientes verão (a Meta o revisa):
connect-by-sms = O código por SMS
connect-by-call = O código por ligação
connect-code-sent = A Meta está enviando o código; vale dez minutos.
connect-ask-code = Os seis dígitos (vazio: outro código):
connect-proved = O número é seu.
connect-registered = Registrado na Meta.
connect-pin = O PIN dele é { $pin }. O recado o guarda selado e não o mostra de novo: anote.
connect-ask-pin = O PIN do número (não aparece):
connect-hooked = A Meta envia as mensagens deste número para { $url }.
connect-by-app = Assumir os webhooks do app: o outro programa deixa de receber
connect-by-account = Só as mensagens desta conta aqui; o resto continua lá
connect-stop = Parar aqui
connect-way =   { $way }: recado connect --ways { $way ->
    [Caddy] caddy
    [nginx] nginx
   *[other] tunnel
 } --name NOME > { $file }
connect-way-then = Ponha em { $file } e escreva em recado.toml: [webhook] public_url = "https://{ $name }". O recadod percebe sozinho.
connect-go-on = O que foi feito fica guardado. Continue com: recado connect --number { $number }
connect-ask-own = Seu próprio telefone, para uma primeira mensagem (vazio: depois):
connect-proof-later = Escreva para o número de qualquer telefone: o que chega aparece no recado.
connect-proof-slow = A Meta aceitou a mensagem e em dois minutos não avisou mais nada. recado doctor procura a causa.
connect-tick-sent = ✓ enviada
connect-tick-delivered = ✓✓ está no telefone
connect-tick-read = ✓✓ lida
connect-done = Conectado: as mensagens saem e chegam.
connect-env-lacks = Falta { $what } no arquivo.
connect-env-several = O token vê vários números: ponha { $what } no arquivo.
connect-env-none = O token não vê esse número: corrija { $what }, ou use recado connect e escolha.
connect-env-done = { $label } já está aqui e os segredos ficaram selados. Agora apague o arquivo, ninguém mais o lê: shred -u { $file }
    Continue com: recado connect --number { $id }
connect-env-url = O arquivo cita { $url } como webhook; o recado tem endereço próprio e o diz à Meta no próximo passo.
connect-confirm-rest = Desconectar { $label }? A Meta não envia nada para cá até reconectar, e nada sai. O histórico fica. [s/N]
connect-confirm-move = Passar { $label }? Lá começa do zero; o histórico fica aqui e o que espera para sair falha. [s/N]
connect-rests = { $label } está desconectado. Para voltar: recado number reconnect
connect-wakes = { $label } está conectado de novo; o que esperava sai.
connect-moved = { $label } passou para a outra organização.

# The connect wizard of the console.
do-connect = conectar um número
    .help = Leva um número de WhatsApp do zero à primeira mensagem, passo a passo
wizard-title = Conectar um número
wizard-step = passo { $n } de 6: { $name }
wizard-token = Token
wizard-account = Conta
wizard-number = Número
wizard-webhook = Webhook
wizard-test = Teste
wizard-done = Pronto
wizard-token-where = Id e segredo do app: developers.facebook.com › Meus apps › o app › Configurações do app › Básico. Token: business.facebook.com › Configurações › Usuários › Usuários do sistema › Gerar token: expiração Nunca, com whatsapp_business_messaging, whatsapp_business_management e business_management.
wizard-business = Como se chama o negócio
wizard-app = Id do app
wizard-secret = Segredo do app
wizard-access = Token
wizard-numbers = O token vê estes números:
wizard-new-in = Um número novo em { $name }
wizard-here = · já está aqui
wizard-new = O número precisa receber SMS ou ligações e não pode estar em uso no WhatsApp.
wizard-phone = Número, com + e código do país
wizard-name = Nome que os clientes verão
wizard-method = A Meta envia um código para comprovar que o número é seu.
wizard-code = Os seis dígitos
wizard-code-sent = A Meta enviou um SMS com seis dígitos.
wizard-code-called = A Meta liga e diz seis dígitos.
wizard-code-left = vale { $left } · { $n ->
    [one] resta uma tentativa
   *[other] restam { $n } tentativas
 }
wizard-code-over = O código não vale mais: Tab pede outro.
wizard-pin = PIN do número
wizard-pin-asked = O número está sendo registrado na Meta.
wizard-webhook-what = O recado diz à Meta para onde vão as mensagens deste número e confere se ficou assim.
wizard-again = Tentar de novo
wizard-way = { $way }: copiar o arquivo pronto
wizard-copied = O arquivo para { $way } está na área de transferência: ponha em { $file }, com o seu nome.
wizard-own = Seu próprio telefone, com + e código do país
wizard-phone-asked = Uma primeira mensagem mostra que tudo funciona. Vazio: depois.
wizard-ticks = A primeira mensagem:
wizard-tick-queued = · a caminho
wizard-tick-failed = ✗ falhou: os detalhes no chat dizem por quê
wizard-done-more = Escreva para o número de qualquer telefone: o que chega aparece na lista de conversas.
wizard-waiting = perguntando à Meta
