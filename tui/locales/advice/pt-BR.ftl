# O que significam os códigos de erro da Meta, o que fazer e onde: uma entrada por código.
# O valor diz o que significa, .do o que fazer, .way o caminho exato nos menus da Meta, .page os passos quando são vários.

-wm = business.facebook.com/wa/manage
-bs = business.facebook.com/settings
-way-numbers = { -wm } › Ferramentas da conta › Números de telefone
-way-number = { -way-numbers } › (o número)
-way-two-step = { -way-number } › Configurações › Confirmação em duas etapas
-way-name = { -way-number } › Perfil › Nome de exibição
-way-quality = { -way-numbers } › Classificação de qualidade
-way-username = { -way-number } › Perfil › Nome de usuário
-way-templates = { -wm } › Modelos de mensagem
-way-flows = { -wm } › Ferramentas da conta › Flows
-way-insights = { -wm } › Insights
-way-payment = business.facebook.com/billing_hub › Contas › Contas do WhatsApp Business › (a conta) › Adicionar forma de pagamento
-way-payment-terms = { -wm } › Ferramentas da conta › Pagamentos
-way-token = { -bs } › Usuários › Usuários do sistema › (o usuário) › Gerar token
-way-assets = { -bs } › Usuários › Usuários do sistema › (o usuário) › Atribuir ativos › Contas do WhatsApp › Controle total
-way-accounts = { -bs } › Contas › Contas do WhatsApp
-way-support-home = business.facebook.com/business-support-home › (a conta)
-way-support = business.facebook.com/direct-support
-way-status = metastatus.com/whatsapp-business-api
-way-testers = developers.facebook.com/apps › (o app) › WhatsApp › Configuração da API › Para › Gerenciar lista de números
-way-app-secret = developers.facebook.com/apps › (o app) › Configurações do app › Avançado › Exigir chave secreta do app
-way-signup = developers.facebook.com/apps › (o app) › WhatsApp › Cadastro incorporado
-way-blocked = { -wm } › Ferramentas da conta › Usuários bloqueados
-new-token = Crie um token novo e entregue-o ao recado: recado number set NÚMERO --access-token-file ARQUIVO. O que está na espera sai então.
-by-itself = Envie de novo daqui a pouco; o recado já tentou várias vezes.
-wait-hour = Espere até uma hora: há novas tentativas automáticas, e o que falhou pode ser enviado de novo depois.

## Acesso e limites de chamadas

fail-0 = A Meta não reconhece este token de acesso.
    .do = { -new-token }
    .way = { -way-token }
fail-1 = O servidor da Meta falhou ou não entendeu o pedido.
    .do = Envie de novo em alguns minutos; se continuar, veja a página de status da Meta.
    .way = { -way-status }
fail-2 = O serviço da Meta está sobrecarregado ou em atualização.
    .do = Espere cinco minutos: há novas tentativas automáticas; se mesmo assim falhou, envie de novo.
    .way = { -way-status }
fail-3 = Falta ao app uma permissão para isto.
    .do = Crie um token com a permissão whatsapp_business_messaging e entregue-o ao recado: recado number set NÚMERO --access-token-file ARQUIVO
    .way = { -way-token }
fail-4 = O app fez chamadas demais à Meta.
    .do = { -wait-hour }
fail-4-2390008 = O app perguntou vezes demais pela permissão para ligar.
    .do = Espere até uma hora antes de perguntar de novo.
fail-10 = O token não tem permissão para isto.
    .do = Dê ao usuário do sistema controle total da conta do WhatsApp, crie um token novo e entregue-o ao recado.
    .way = { -way-assets }
fail-17 = O usuário do token fez chamadas demais à Meta.
    .do = { -wait-hour }
fail-33 = A Meta não encontra o número ou a conta, ou o token não pode vê-los.
    .do = Confira o ID do número e o ID da conta, e se o usuário do sistema tem acesso a esta conta do WhatsApp.
    .way = { -way-assets }
fail-100 = A Meta não aceitou um dado da mensagem.
    .do = Os detalhes dizem qual; corrija e envie de novo.
fail-102 = A sessão do token terminou.
    .do = { -new-token }
    .way = { -way-token }
fail-104 = A Meta pede uma prova da chave secreta em cada chamada.
    .do = Desative «Exigir chave secreta do app» na Meta, ou dê ao recado um token de outro app.
    .way = { -way-app-secret }
fail-190 = O token de acesso não vale mais.
    .do = { -new-token }
    .way = { -way-token }
fail-190-458 = O app foi removido do negócio, e o token dele também.
    .do = Atribua o app de novo ao usuário do sistema, crie um token novo e entregue-o ao recado.
    .way = { -way-token }
fail-190-459 = O Facebook parou o usuário do token até que ele confirme quem é.
    .do = Essa pessoa entra em facebook.com e faz o que for pedido; depois crie um token novo, de preferência de um usuário do sistema.
    .way = { -way-token }
fail-190-460 = O token morreu porque o dono dele trocou a senha.
    .do = Crie um token de um usuário do sistema, que não depende de senha, e entregue-o ao recado.
    .way = { -way-token }
fail-190-463 = O token de acesso expirou.
    .do = Crie um que nunca expire (de um usuário do sistema, validade «Nunca») e entregue-o ao recado: recado number set NÚMERO --access-token-file ARQUIVO
    .way = { -way-token }
fail-190-464 = O usuário do token não confirmou a conta do Facebook.
    .do = Essa pessoa entra em facebook.com e confirma a conta; depois crie um token novo, de preferência de um usuário do sistema.
    .way = { -way-token }
fail-190-467 = O token de acesso foi anulado.
    .do = { -new-token }
    .way = { -way-token }
fail-190-492 = O usuário do token perdeu a função no negócio.
    .do = Devolva a função, ou crie um token de um usuário do sistema, e entregue-o ao recado.
    .way = { -way-token }
fail-200 = Falta ao token uma permissão, ou o acesso a esta conta do WhatsApp.
    .do = Dê ao usuário do sistema controle total da conta do WhatsApp, crie um token com as duas permissões do WhatsApp e entregue-o ao recado.
    .way = { -way-assets }
fail-341 = O app chegou a um limite da Meta.
    .do = { -wait-hour }
fail-368 = A Meta bloqueou a conta por um tempo por causa das regras dela.
    .do = Veja qual regra foi, peça uma análise se for engano e não envie modelos até a liberação.
    .way = { -way-support-home }
fail-506 = A Meta acha que é uma repetição da anterior.
    .do = Não é preciso fazer nada; mude as palavras se quiser mesmo enviar duas vezes.
fail-613 = Chamadas demais deste tipo à Meta.
    .do = { -wait-hour }
fail-803 = A Meta não encontra o que o pedido indica.
    .do = Confira o ID do número e o ID da conta.
    .way = { -way-numbers }
fail-80007 = A conta do WhatsApp chegou ao limite de chamadas da Meta.
    .do = { -wait-hour }
fail-80008 = A conta do WhatsApp chegou ao limite de chamadas de administração da Meta.
    .do = { -wait-hour }

## Velocidade, qualidade, regras

fail-130429 = O número envia mais rápido do que a Meta permite.
    .do = Não é preciso fazer nada: o recado vai mais devagar e tenta de novo sozinho. Se mesmo assim falhou, envie de novo daqui a pouco.
fail-130497 = A Meta não deixa este negócio escrever para clientes daquele país.
    .do = Use outro meio com este cliente; as regras de mensagens da Meta listam os países.
    .way = { -way-support-home }
fail-131031 = A conta está bloqueada ou os dados não conferem (um PIN errado, por exemplo).
    .do = Veja por que está bloqueada e peça uma análise; não envie modelos até o desbloqueio.
    .way = { -way-support-home }
fail-131048 = A Meta limitou o número por reclamações de clientes.
    .do = Pare as campanhas por alguns dias e veja a qualidade do número.
    .way = { -way-quality }
fail-131056 = Mensagens demais seguidas para este cliente.
    .do = Espere um momento: o recado tenta de novo sozinho e os outros clientes não esperam. Se mesmo assim falhou, envie de novo.
fail-131064 = A Meta limitou a conta porque há modelos na categoria errada.
    .do = Corrija as categorias dos modelos; o limite sai sozinho.
    .way = { -way-templates }

## Envio

fail-1026 = O WhatsApp do cliente não consegue receber isto.
    .do = Peça ao cliente que atualize o WhatsApp, ou envie de outra forma.
fail-130403 = Você bloqueou este cliente.
    .do = Desbloqueie o cliente e envie de novo.
    .way = { -way-blocked }
fail-130472 = A Meta deixou o cliente fora da publicidade por um experimento.
    .do = Espere que ele escreva para você.
fail-131000 = A Meta falhou do lado dela.
    .do = Envie de novo; se continuar, veja a página de status da Meta.
    .way = { -way-status }
fail-131005 = O token não tem acesso a este número.
    .do = Dê ao usuário do sistema controle total da conta do WhatsApp, crie um token novo e entregue-o ao recado.
    .way = { -way-assets }
fail-131008 = Falta na mensagem um dado que a Meta exige.
    .do = Os detalhes dizem qual; complete e envie de novo.
fail-131009 = A Meta não aceitou um dado da mensagem.
    .do = Os detalhes dizem qual. Uma reação só vai em mensagem dos últimos 30 dias.
fail-131016 = O serviço da Meta não responde agora.
    .do = { -by-itself }
    .way = { -way-status }
fail-131020 = O grupo não tem outro membro.
    .do = Escreva direto para a pessoa.
fail-131021 = Você não pode escrever para o próprio número.
    .do = Escolha outro destinatário.
fail-131026 = Não foi possível entregar: talvez o número não use o WhatsApp, não tenha aceitado os termos, tenha uma versão antiga ou tenha bloqueado você.
    .do = Confira o número e peça ao cliente que escreva primeiro.
fail-131030 = O número de teste só escreve para os destinatários da lista dele.
    .do = Coloque o cliente na lista (cinco no máximo), ou use um número real.
    .way = { -way-testers }
fail-131037 = O número ainda não tem um nome de exibição aprovado.
    .do = Peça a aprovação do nome de exibição e envie de novo depois.
    .way = { -way-name }
fail-131041 = A Meta não conhece este grupo.
    .do = O grupo não existe mais ou nunca foi seu: escreva direto para as pessoas.
fail-131042 = Há um problema de pagamento com a Meta.
    .do = Adicione ou corrija a forma de pagamento; as respostas a clientes ainda podem sair, os modelos não.
    .way = { -way-payment }
fail-131044 = Há um problema de pagamento das ligações.
    .do = Adicione ou corrija a forma de pagamento.
    .way = { -way-payment }
fail-131045 = O número não está bem registrado na nuvem do WhatsApp.
    .do = Registre o número de novo (recado explain 133010 diz como) e envie de novo.
    .way = { -way-number }
fail-131047 = Não foi entregue: faz mais de 24 horas que o cliente escreveu.
    .do = Só um modelo aprovado pode reabrir a conversa.
fail-131049 = A Meta não entregou para não cansar o cliente com mensagens.
    .do = Espere pelo menos um dia antes de tentar de novo.
fail-131050 = O cliente não quer mais publicidade sua.
    .do = Escreva só quando ele escrever para você.
fail-131051 = O WhatsApp não aceita este tipo de mensagem.
    .do = Envie de outra forma, como texto por exemplo.
fail-131052 = Não foi possível baixar o arquivo do cliente.
    .do = Peça ao cliente que envie de novo; o WhatsApp aceita arquivos de até 100 MB.
fail-131053 = A Meta não conseguiu ler o arquivo.
    .do = Confira o tipo e o tamanho, e envie de novo.
fail-131055 = Por este caminho só saem modelos de publicidade.
    .do = Envie como mensagem normal.
fail-131057 = A Meta está mudando algo na conta.
    .do = Leva um ou dois minutos e há novas tentativas automáticas; se mesmo assim falhou, envie de novo.
fail-131059 = A lista na Meta mudou nesse meio tempo.
    .do = Comece a lista de novo.
fail-131060 = O cliente escreveu de um aparelho cuja mensagem não pode ser mostrada aqui.
    .do = Peça ao cliente que envie de novo pelo telefone dele.
fail-131062 = Esta mensagem não pode ir para um nome de usuário: precisa do número de telefone.
    .do = Peça o número ao cliente e escreva para esse número.
fail-131063 = Os modelos de publicidade estão desativados nesta conta.
    .do = Permita mensagens de publicidade nas configurações da conta, ou envie um modelo de utilidade.
    .way = { -wm } › Ferramentas da conta › Configurações › Mensagens de marketing
fail-134011 = O negócio não aceitou os termos de pagamentos do WhatsApp.
    .do = Aceite-os (os detalhes trazem um link) e envie de novo.
    .way = { -way-payment-terms }
fail-134100 = Por este caminho só saem modelos de publicidade.
    .do = Envie como mensagem normal.
fail-134101 = A Meta ainda está preparando o modelo.
    .do = Espere dez minutos e envie de novo.
fail-134102 = O modelo não está disponível.
    .do = Veja a situação dele, ou escolha outro modelo.
    .way = { -way-templates }
fail-134103 = O modelo não pode sair por este caminho.
    .do = Veja a situação dele, ou escolha outro modelo.
    .way = { -way-templates }
fail-135000 = A Meta não aceitou algo da mensagem.
    .do = Talvez os detalhes digam o quê; simplifique e envie de novo.
fail-137000 = O cliente talvez tenha trocado de aparelho ou reinstalado o WhatsApp: a identidade dele é outra.
    .do = Confirme que é a mesma pessoa e envie de novo.

## Modelos e flows

fail-132000 = Faltam ou sobram dados no modelo.
    .do = Preencha todos os dados e envie de novo.
fail-132001 = O modelo não existe nesse idioma ou não está aprovado.
    .do = Escolha outro modelo, ou espere alguns minutos depois da aprovação.
    .way = { -way-templates }
fail-132005 = Com os dados o modelo fica longo demais.
    .do = Encurte os dados e envie de novo.
fail-132007 = O modelo quebra uma regra do WhatsApp.
    .do = Leia o motivo ao lado do modelo e use outro enquanto isso.
    .way = { -way-templates }
fail-132008 = Um dado do modelo está escrito de um jeito que a Meta recusa.
    .do = Tire quebras de linha, tabulações e espaços seguidos, e envie de novo.
fail-132012 = Um dado do modelo não é do tipo que o modelo pede.
    .do = Dê uma imagem onde pede imagem e texto onde pede texto, e envie de novo.
fail-132015 = A Meta pausou o modelo por baixa qualidade.
    .do = Espere de três a seis horas, edite o modelo ou use outro.
    .way = { -way-templates }
fail-132016 = A Meta desativou o modelo de vez por causa da qualidade.
    .do = Crie um modelo novo com outras palavras.
    .way = { -way-templates }
fail-132018 = Um dado do modelo não é válido.
    .do = Os detalhes dizem qual; corrija e envie de novo.
fail-132068 = A Meta bloqueou o flow deste modelo.
    .do = Corrija o flow, ou envie uma mensagem sem ele.
    .way = { -way-flows }
fail-132069 = A Meta limitou o flow a dez mensagens por hora.
    .do = Espere uma hora e corrija o flow.
    .way = { -way-flows }
fail-139000 = A Meta bloqueou o flow: ele não passa nas verificações.
    .do = Veja o que há de errado no flow e corrija.
    .way = { -way-flows }
fail-139001 = O flow não pode ser alterado.
    .do = Um flow publicado fica como está: faça uma cópia e altere a cópia.
    .way = { -way-flows }
fail-139002 = O flow não pode ser publicado.
    .do = Corrija o que o editor marca em vermelho e depois publique.
    .way = { -way-flows }
fail-139003 = O flow não pode ser retirado.
    .do = Só um flow publicado pode ser retirado; veja a situação dele.
    .way = { -way-flows }
fail-139004 = O flow não pode ser apagado.
    .do = Só um rascunho pode ser apagado: em vez disso, retire o flow.
    .way = { -way-flows }
fail-139006 = O flow tem usos de menos para dar números.
    .do = Espere até que mais clientes o usem.
    .way = { -way-flows }
fail-200002 = O modelo não pode ser criado assim.
    .do = Os detalhes dizem por quê; corrija o modelo.
    .way = { -way-templates }
fail-200005 = Não há números deste modelo.
    .do = Confirme uma vez os insights de modelos; daí em diante a Meta conta.
    .way = { -way-insights }
fail-200006 = Os insights de modelos não podem ser desativados.
    .do = Não é preciso fazer nada: a Meta os mantém ativos.
fail-200007 = Os insights de modelos não estão ativos.
    .do = Confirme uma vez os insights de modelos; daí em diante a Meta conta.
    .way = { -way-insights }
fail-2388019 = A conta tem todos os modelos que a Meta permite.
    .do = Apague modelos que ninguém usa.
    .way = { -way-templates }
fail-2388023 = Um modelo com esse nome está sendo apagado.
    .do = Use outro nome, ou espere 30 dias.
fail-2388024 = Já existe um modelo com esse nome neste idioma.
    .do = Altere esse, ou use outro nome.
    .way = { -way-templates }
fail-2388039 = O modelo não pode ser alterado agora.
    .do = Espere um dia: um modelo aprovado muda uma vez por dia e dez vezes em 30 dias.
fail-2388040 = Uma parte do modelo é longa demais.
    .do = Encurte-a.
fail-2388047 = A Meta não aceita o cabeçalho do modelo.
    .do = Corrija: 60 letras no máximo, sem emojis nem quebras de linha.
fail-2388072 = A Meta não aceita o texto do modelo.
    .do = Corrija: 1.024 letras no máximo, e não mais de duas quebras de linha seguidas.
fail-2388073 = A Meta não aceita o rodapé do modelo.
    .do = Corrija: 60 letras no máximo, sem variáveis.
fail-2388109 = O modelo não pode ser criado agora.
    .do = Os detalhes dizem por quê; corrija o modelo ou espere o que eles disserem.
    .way = { -way-templates }
fail-2388293 = O modelo tem variáveis demais para tão pouco texto.
    .do = Escreva mais palavras entre as variáveis.
fail-2388299 = Há uma variável no começo ou no fim do modelo.
    .do = Ponha palavras antes da primeira variável e depois da última.

## O número: registro, verificação, mudança

fail-133000 = Uma baixa anterior do número não terminou.
    .do = Dê baixa no número mais uma vez e depois registre-o.
    .way = { -way-number }
    .page =
        1. Veja a situação do número: { -way-number }. Deve dizer Desconectado ou Pendente.
        2. Dê baixa de novo: recado number disconnect NÚMERO --deregister
        3. Espere cinco minutos.
        4. Registre-o: recado explain 133010 diz como.
        5. Se falhar de novo, pergunte ao suporte da Meta com este código: { -way-support }
fail-133004 = O servidor da Meta não está disponível.
    .do = { -by-itself }
    .way = { -way-status }
    .page =
        1. Veja se a Meta está com problemas: { -way-status }
        2. Espere passar; o que está na fila sai sozinho.
        3. Se você estava registrando o número, repita o mesmo passo depois de alguns minutos. Ele conta entre as dez tentativas em 72 horas, então não tenha pressa.
fail-133005 = O PIN da confirmação em duas etapas está errado.
    .do = Digite o PIN certo, ou defina um novo.
    .way = { -way-two-step }
    .page =
        1. Procure o PIN de seis dígitos definido no registro do número (o recado o mostrou uma vez; talvez outro provedor o tenha definido).
        2. Ninguém tem? Abra { -way-two-step } e desative-a. A Meta manda um e-mail aos administradores do negócio; abra o link.
        3. Registre o número de novo com um PIN que você escolher e guarde-o em lugar seguro.
        4. Não tente adivinhar: depois de alguns PINs errados a Meta faz você esperar (código 133008).
fail-133006 = O número precisa ser verificado antes de ser registrado.
    .do = Peça um código por SMS ou ligação, digite-o e registre o número.
    .way = { -way-number }
    .page =
        1. Tenha o chip ou o telefone à mão: a Meta envia um código de seis dígitos.
        2. Abra { -way-numbers }. Ao lado do número clique em Verificar e escolha SMS ou ligação. recado connect faz o mesmo pelo terminal.
        3. Digite o código em até dez minutos.
        4. Registre o número: recado explain 133010 diz como.
fail-133008 = PINs errados demais: a Meta não aceita nenhum por um tempo.
    .do = Espere o que os detalhes disserem e então digite o PIN certo.
    .way = { -way-two-step }
    .page =
        1. Veja nos detalhes quanto esperar; cada nova tentativa aumenta o tempo.
        2. Enquanto isso ache o PIN certo, ou desative a confirmação em duas etapas: { -way-two-step }. Os administradores confirmam por e-mail.
        3. Passado o tempo, registre o número uma só vez, com o PIN certo.
fail-133009 = Os PINs foram tentados rápido demais, um atrás do outro.
    .do = Espere o que os detalhes disserem e digite o PIN uma só vez.
    .way = { -way-two-step }
    .page =
        1. Espere o que os detalhes disserem; alguns minutos se não disserem nada.
        2. Enquanto isso tenha certeza do PIN. Ninguém tem? Desative-o: { -way-two-step }
        3. Digite-o uma vez, sem pressa.
fail-133010 = O número não está registrado na nuvem do WhatsApp.
    .do = Registre-o com o PIN dele; recado connect faz isso, e recado explain 133010 mostra cada passo.
    .way = { -way-number }
    .page =
        1. Veja o número: { -way-number }. Ele precisa estar verificado; se não estiver: recado explain 133006.
        2. Se o número ainda é usado no app WhatsApp ou WhatsApp Business de um celular, apague essa conta lá antes: Configurações › Conta › Apagar conta. As conversas se perdem nesse celular: salve-as primeiro.
        3. Registre-o: recado connect --number NÚMERO
        4. O PIN você escolhe se o número ainda não tem nenhum; guarde-o em lugar seguro.
        5. Um minuto depois o número diz Conectado, e o que estava na fila sai.
fail-133015 = O número foi apagado há pouco e a Meta ainda não terminou.
    .do = Espere cinco minutos e registre-o de novo.
    .way = { -way-numbers }
    .page =
        1. Espere cinco minutos; a Meta ainda está apagando o número.
        2. Veja se ele já não está em { -way-numbers }
        3. Adicione-o lá de novo com Adicionar número de telefone, verifique e registre: recado explain 133010.
fail-133016 = O número foi registrado ou teve baixa dez vezes em 72 horas.
    .do = Espere 72 horas antes de registrá-lo de novo.
    .way = { -way-number }
    .page =
        1. Não tente mais: a Meta não aceita nenhum registro deste número até 72 horas depois do primeiro dos dez.
        2. Aproveite para descobrir por que falhava: recado explain com o código das tentativas anteriores (quase sempre 133005 ou 133006).
        3. Depois de 72 horas registre-o uma só vez.
        4. Se o número já diz Conectado em { -way-number }, não precisa registrar.
fail-136024 = A Meta não conseguiu enviar o código de verificação.
    .do = Espere uma hora e peça de novo pelo outro meio: ligação em vez de SMS.
    .way = { -way-number }
    .page =
        1. Confira o número: com o código do país, capaz de receber SMS ou ligações, sem atendimento automático, e que não seja um número curto.
        2. Peça pelo outro meio: uma ligação se o SMS não chegou. Para telefone fixo, sempre ligação.
        3. Depois de várias tentativas a Meta faz você esperar: uma hora, às vezes um dia. Não peça de novo antes.
        4. O número é usado no app WhatsApp? Apague a conta lá antes: Configurações › Conta › Apagar conta.
        5. A página da Meta para isso: { -way-number } › Verificar
fail-136025 = A Meta não aceitou o código de verificação.
    .do = Peça um código novo e digite-o em até dez minutos.
    .way = { -way-number }
    .page =
        1. Digite o código mais recente: cada novo anula os anteriores.
        2. Só os seis dígitos, sem o hífen.
        3. Passou de dez minutos? Peça outro: { -way-number } › Verificar, ou recado connect.
        4. Depois de três códigos errados espere uma hora antes de pedir outro.
fail-2388001 = A Meta quer que o dono do número seja confirmado, ou que a confirmação em duas etapas seja desativada.
    .do = Desative a confirmação em duas etapas onde o número está agora e tente de novo.
    .way = { -way-two-step }
    .page =
        1. Onde o número está agora (a sua conta ou a do provedor anterior), abra { -way-two-step } e desative-a.
        2. Se está com outro provedor, peça a ele; leva um minuto.
        3. Comece de novo pelo código de verificação.
fail-2388012 = O número já está na sua lista.
    .do = Não é preciso adicionar: escolha-o na lista.
    .way = { -way-numbers }
fail-2388091 = O número não pode receber um código de verificação agora.
    .do = Ele não está sendo adicionado nem mudado de conta: comece por adicioná-lo e depois peça o código.
    .way = { -way-numbers }
fail-2388093 = O número não pode receber um código de verificação agora.
    .do = Ele não está sendo adicionado nem mudado de conta: comece por adicioná-lo e depois peça o código.
    .way = { -way-numbers }
fail-2388103 = O número não pode mudar para esta conta.
    .do = Os detalhes dizem qual condição falta; resolva e mude o número de novo.
    .way = { -way-accounts }
    .page =
        1. As duas contas precisam de análise aprovada e do negócio verificado: { -way-accounts }
        2. As duas precisam de uma forma de pagamento: { -way-payment }
        3. O número precisa estar registrado onde está, e com a confirmação em duas etapas desativada: { -way-two-step }
        4. O nome do negócio deve ser o mesmo nas duas contas.
        5. Depois comece a mudança de novo.
fail-2494100 = A Meta está fazendo manutenção no número.
    .do = Leva alguns minutos e há novas tentativas automáticas; se mesmo assim falhou, envie de novo.
fail-2593079 = O número não pôde mudar de uma conta para outra.
    .do = Os detalhes dizem por quê; resolva e mude o número de novo.
    .way = { -way-accounts }
fail-2593085 = A conta não pôde ser passada para o dono dela.
    .do = Os detalhes dizem por quê; resolva e comece de novo, ou pergunte ao suporte da Meta.
    .way = { -way-support }
fail-2593107 = As conversas do celular já foram entregues.
    .do = Só uma conexão nova do app do celular as entrega de novo: desconecte-o e conecte outra vez.
fail-2593108 = Passaram mais de 24 horas desde que o app do celular foi conectado.
    .do = Desconecte o app do celular e conecte outra vez; então as conversas são entregues.
fail-2593109 = O dono do celular não aceitou entregar as conversas.
    .do = Conecte o app do celular outra vez e aceite compartilhar as conversas.
fail-139100 = Alguns clientes não puderam ser bloqueados ou desbloqueados.
    .do = Os detalhes dizem quais; tente de novo com eles. Só se bloqueia quem escreveu nas últimas 24 horas.
fail-139101 = A lista de clientes bloqueados está cheia.
    .do = Desbloqueie alguém antes: a Meta guarda 64.000 no máximo.
    .way = { -way-blocked }
fail-139102 = A lista de clientes bloqueados estava mudando naquele momento.
    .do = Tente de novo daqui a pouco.
fail-139103 = A lista de clientes bloqueados não pôde ser alterada.
    .do = Tente de novo em alguns minutos.
fail-141002 = O modelo não está aprovado.
    .do = Espere a aprovação, ou escolha outro.
    .way = { -way-templates }
fail-141006 = Há um problema de pagamento com a Meta.
    .do = Adicione ou corrija a forma de pagamento.
    .way = { -way-payment }
fail-141010 = A Meta ainda não deixa este negócio enviar.
    .do = Termine o que o WhatsApp Manager pede do negócio, quase sempre a verificação.
    .way = { -bs } › Central de segurança › Iniciar verificação
fail-147001 = Outra pessoa tem esse nome de usuário.
    .do = Escolha outro nome de usuário.
    .way = { -way-username }
fail-147002 = Este número não pode ter esse nome de usuário.
    .do = O número precisa de um nome de exibição aprovado e de estar conectado; ou escolha outro nome de usuário.
    .way = { -way-username }
fail-147003 = O nome de usuário é de uma página do Facebook que não está vinculada.
    .do = Vincule a página do Facebook ao negócio, ou escolha outro nome.
    .way = { -bs } › Contas › Páginas
fail-147004 = O nome de usuário é de uma conta do Instagram que não está vinculada.
    .do = Vincule a conta do Instagram ao negócio, ou escolha outro nome.
    .way = { -bs } › Contas › Contas do Instagram
fail-147005 = O nome de usuário está em uso em outro número seu.
    .do = Passe-o daquele número para este.
    .way = { -way-username }
fail-1752041 = Isto já tinha sido pedido à Meta.
    .do = Não é preciso fazer nada.

## Grupos

fail-131201 = O grupo mudou só em parte.
    .do = Os detalhes dizem com quem falhou; tente de novo com essas pessoas.
fail-131202 = A pessoa está repetida, ou já está no grupo.
    .do = Não é preciso fazer nada, ou tire o nome repetido.
fail-131204 = O grupo está cheio, ou são pessoas demais.
    .do = Tire alguém, ou crie outro grupo.
fail-131207 = A Meta suspendeu o grupo.
    .do = Escreva direto para as pessoas.
fail-131208 = Mudanças demais em grupos em pouco tempo.
    .do = Espere alguns minutos e tente de novo.
fail-131209 = A Meta não aceita a foto do grupo.
    .do = Escolha uma foto quadrada em JPEG de menos de 5 MB.
fail-131210 = A foto do grupo não pôde ser trocada.
    .do = Tente de novo em alguns minutos com uma foto em JPEG.
fail-131211 = O número já criou todos os grupos que pode.
    .do = Apague um grupo que não seja mais preciso, ou espere.
fail-131212 = A pessoa não está no grupo.
    .do = Não é preciso fazer nada.
fail-131213 = Não há esse pedido para entrar.
    .do = A pessoa desistiu, ou o pedido já foi respondido.
fail-131214 = Este número não pode criar grupos.
    .do = Só alguns negócios podem; o suporte da Meta diz se o seu pode.
    .way = { -way-support }
fail-131215 = Este número não pode usar grupos.
    .do = Só alguns negócios podem; o suporte da Meta diz se o seu pode.
    .way = { -way-support }

## Famílias inteiras

fail-permission = Falta ao token uma permissão para isto.
    .do = Dê ao usuário do sistema controle total da conta do WhatsApp, crie um token com as duas permissões do WhatsApp e entregue-o ao recado.
    .way = { -way-assets }
fail-group = A Meta não aceitou isto para o grupo.
    .do = Os detalhes dizem por quê; escreva para as pessoas uma a uma se for importante.
fail-call = A Meta não aceitou esta ligação.
    .do = Os detalhes dizem por quê; escreva uma mensagem no lugar.
fail-flow = A Meta não aceitou este flow.
    .do = Veja a situação dele, ou escreva uma mensagem normal no lugar.
    .way = { -way-flows }
fail-username = A Meta não aceitou este nome de usuário.
    .do = Escolha outro nome de usuário.
    .way = { -way-username }
fail-signup = O formulário de cadastro da Meta não está bem configurado.
    .do = Termine a configuração dele no app: os termos, os endereços https e a configuração de login.
    .way = { -way-signup }
fail-setting = A Meta não aceitou esta mudança de um modelo ou de um número.
    .do = Os detalhes dizem por quê; corrija no WhatsApp Manager.
    .way = { -wm }

## Motivos do próprio recado

fail-our-unreached = Não se chega à Meta a partir desta máquina.
    .do = Não é preciso fazer nada: o recado tenta de novo sozinho. Se continuar, veja a rede da máquina.
fail-our-answer-lost = A resposta se perdeu no caminho.
    .do = Não se sabe se a Meta recebeu: pergunte ao cliente, ou espere um aviso, antes de enviar de novo.
fail-our-not-called = Não foi possível chamar a Meta.
    .do = O registro do recado diz por quê; resolva e envie de novo.
fail-our-no-answer = Quem respondeu não foi a Meta.
    .do = Confira graph.base_url e graph.version na configuração, e qualquer proxy no caminho até a Meta.
fail-our-reaction-too-early = A mensagem à qual você reage ainda não chegou ao WhatsApp.
    .do = Espere que ela saia e reaja de novo.
fail-our-unsendable = Este tipo de mensagem não pode ser enviado.
    .do = Envie de outra forma, como texto por exemplo.
fail-our-file-lost = O arquivo não chegou à Meta.
    .do = Veja a rede da máquina e envie de novo.
fail-our-file-refused = O WhatsApp não aceita este arquivo.
    .do = Os detalhes dizem por quê: outro tipo, um arquivo menor, ou como documento.
fail-our-several-files = Ainda não é possível enviar um modelo com vários arquivos seus.
    .do = Dê links para as imagens dos cartões em vez de arquivos.
fail-our-file-gone = O arquivo não está mais aqui.
    .do = Foi tirado para abrir espaço, como diz a configuração: anexe de novo.
fail-our-number-removed = O número foi tirado do recado.
    .do = Adicione o número de novo, ou escreva de outro.
