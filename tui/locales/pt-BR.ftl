# As palavras da interface, em português do Brasil.

## Days, months, durations

day-today = Hoje
day-yesterday = Ontem
day-rule = { $weekday }, { $day } de { $month }
day-rule-year = { $weekday }, { $day } de { $month } de { $year }
weekday-1 = Segunda-feira
weekday-2 = Terça-feira
weekday-3 = Quarta-feira
weekday-4 = Quinta-feira
weekday-5 = Sexta-feira
weekday-6 = Sábado
weekday-7 = Domingo
weekday-short-1 = seg
weekday-short-2 = ter
weekday-short-3 = qua
weekday-short-4 = qui
weekday-short-5 = sex
weekday-short-6 = sáb
weekday-short-7 = dom
month-1 = janeiro
month-2 = fevereiro
month-3 = março
month-4 = abril
month-5 = maio
month-6 = junho
month-7 = julho
month-8 = agosto
month-9 = setembro
month-10 = outubro
month-11 = novembro
month-12 = dezembro
month-short-1 = jan
month-short-2 = fev
month-short-3 = mar
month-short-4 = abr
month-short-5 = mai
month-short-6 = jun
month-short-7 = jul
month-short-8 = ago
month-short-9 = set
month-short-10 = out
month-short-11 = nov
month-short-12 = dez
span-s = { $n }s
span-m = { $n }m
span-h = { $n }h
span-d = { $n }d
words-seconds =
    { $n ->
        [one] { $n } segundo
       *[other] { $n } segundos
    }
words-minutes =
    { $n ->
        [one] { $n } minuto
       *[other] { $n } minutos
    }
words-hours =
    { $n ->
        [one] { $n } hora
       *[other] { $n } horas
    }
words-days =
    { $n ->
        [one] { $n } dia
       *[other] { $n } dias
    }

## The bar

bar-all = todos
bar-ok = ok
bar-daemon-ok = daemon ok
bar-connecting = conectando
bar-lost = sem daemon { $span }
bar-retry-in = nova tentativa em { $span }
bar-retrying = tentando de novo
bar-reading-only = só leitura
bar-webhook-now = webhook agora
bar-webhook-ago = webhook há { $span }
bar-webhook-never = webhook nunca
bar-queued =
    { $n ->
        [one] { $n } a enviar
       *[other] { $n } a enviar
    }
number-broken = com erro
number-pending = a testar
number-paused = em pausa
number-webhook = webhook
number-blocked = bloqueado
number-token = token a vencer
number-limited = limitado
number-quality = baixa qualidade
number-name = nome recusado
too-small =
    { $n ->
        [one] { $n } não lida. Aumente a janela.
       *[other] { $n } não lidas. Aumente a janela.
    }

## The chat list

chats-title = Conversas
chats-counts = abertas { $open }  esperam { $waiting }
chats-draft = rascunho:
chats-silent = sem mensagens
chats-loading = Carregando…
chats-none-yet = As conversas aparecem quando o daemon responder.
chats-empty = Ainda não há conversas. A primeira aparece quando alguém escrever para o seu número.
chats-empty-number = Este número não tem conversas abertas.
chats-no-number = Ainda não há nenhum número. Adicione com: recado connect
view-all = todas
view-unread = não lidas
view-waiting = esperam
view-closing = a fechar
view-archived = arquivadas
view-snoozed = adiadas
view-unread-empty = Não há nada sem ler.
view-waiting-empty = Ninguém espera resposta.
view-closing-empty = Nenhuma janela está aberta.
view-archived-empty = Não há nada arquivado.
view-snoozed-empty = Não há conversas adiadas.
chats-archived = arquivadas { $n }
chats-found-none = Nenhuma conversa tem “{ $letters }”.
chats-way-back = { $key } mostra todas de novo

## What messages are

kind-text = texto
kind-image = foto
kind-video = vídeo
kind-audio = áudio
kind-voice = mensagem de voz
kind-document = documento
kind-sticker = figurinha
kind-location = localização
kind-contacts = contato
kind-reaction = reação
kind-button = botão
kind-interactive = opções
kind-order = pedido
kind-system = aviso
kind-template = modelo
kind-unsupported = sem suporte
you = Você
from-phone = do telefone
from-history = histórico
note-forwarded = encaminhada
note-forwarded-often = encaminhada com frequência
note-edited = editada
note-standby = atendida por outro app
note-revoked = O cliente apagou esta mensagem.
note-empty = (sem texto)
quote-unknown = uma mensagem que não está aqui
media-failed = Não foi possível baixar.
media-expired = Não está mais disponível.
card-animated = animada
card-reacted = Reagiu com { $emoji } a uma mensagem que não está aqui
card-unreacted = Removeu a reação
card-tapped = tocou em
card-chose = escolheu
card-form = Formulário respondido
card-items =
    { $n ->
        [one] { $n } produto
       *[other] { $n } produtos
    }
card-total = Total { $sum }
card-more = e mais { $n }
card-from-ad = Veio de um anúncio: { $title }
system-number = Mudou de número. As mensagens continuam aqui.
system-user-id = Mudou de conta do WhatsApp. As mensagens continuam aqui.
system-identity = Talvez tenha trocado de telefone: confirme com quem você fala.
system-other = O WhatsApp avisou de uma mudança.
unsupported-here = O WhatsApp não entrega este tipo de mensagem aqui. Veja no telefone ou peça para enviar de outro jeito.
unsupported-device = Foi enviada de um aparelho que o WhatsApp não aceita aqui. Peça para reenviar do telefone.

media-open = abrir
media-save = salvar
media-play = tocar
media-stop = parar
media-pending = Está sendo baixado.
media-moving = A caminho.
media-fetch = { $key } baixa.
media-error-too-large-to-fetch = É grande e não é baixado sozinho.
media-error-on-request = Os arquivos são baixados quando você pede.
media-error-expired-at-meta = O WhatsApp guarda os arquivos por uma semana e este era mais antigo. Peça de novo.
media-error-gone-at-meta = O WhatsApp não tem mais o arquivo. Peça de novo.
media-error-wrong-hash = Chegou danificado.
media-error-refused = O WhatsApp se recusou a entregar.
media-error-unreachable = Não deu para chegar ao WhatsApp.
media-error-disk-full = O disco do servidor está cheio.
media-error-removed-by-keep = Foi removido daqui para liberar espaço, como dizem as configurações.
media-error-number-not-ready = O número que recebeu não está conectado.
picture-too-large = Grande demais para mostrar aqui.
picture-broken = Não dá para mostrar: a imagem está danificada ou é de outro tipo.
picture-slow = Demorou demais para mostrar.
picture-gone = Não deu para obter o arquivo.
## Delivery, as it is spoken

tick-waiting = aguardando
tick-sent = enviada
tick-delivered = entregue
tick-read = lida
tick-failed = falhou
tick-unknown = não confirmada

## Why a message failed, and what to do

fail-other = { $title } (código { $code } da Meta)
fail-retold = { $means } { $do } (código { $code })
fail-no-reason = Não foi enviada.
fail-later-do = Pode funcionar se você enviar de novo.
fail-never-do = Enviar de novo não ajuda; os detalhes dizem mais.
fail-unknown = Não se sabe se chegou ao WhatsApp.
fail-unknown-do = Se chegou, um aviso posterior confirma aqui.
fail-again = enviar de novo

## The conversation

talk-new =
    { $n ->
        [one] { $n } nova
       *[other] { $n } novas
    }
talk-empty = Ainda não há mensagens.
talk-loading = Carregando…
talk-unknown = As mensagens aparecem quando o daemon responder.
talk-none = Escolha uma conversa, ou busque com { $key }
talk-none-plain = Escolha uma conversa

## The box, and the window of 24 hours

compose = responder
compose-as = responder como { $name }
compose-empty = Escreva uma mensagem
compose-normal = normal
compose-visual = escolhendo
offer-take = põe   ↑ ↓ outro
compose-begin = { $key } para escrever
compose-offline = Sem conexão: o que você enviar fica como rascunho.
compose-closed = Janela fechada: isto fica como rascunho.
compose-paused = O número está em pausa: fica como rascunho até você retomar.
compose-broken = O número está com erro e não envia agora.
window-left = janela { $span }
window-closed = fechada
window-closed-ago = janela fechada há { $span }
window-never = janela fechada
window-closed-why = Agora não se entregam mensagens livres: o cliente escreveu pela última vez em { $moment }. Só um modelo aprovado pode reabrir a conversa.
window-never-why = Agora não se entregam mensagens livres: o cliente ainda não escreveu para este número. Só um modelo aprovado pode começar a conversa.
window-choose-template = escolher um modelo
window-keep-writing = escrever um rascunho
window-why = por quê

## The customer panel

panel-title = Cliente
panel-profile = Perfil
panel-username = Usuário
panel-via = Por
panel-assignee = Atende
panel-pinned = Fixada no topo
panel-muted = Silenciada
panel-snoozed = Adiada até
panel-back = já voltou
panel-labels = Etiquetas
panel-window = Janela
panel-open-until = aberta até { $moment }
panel-free-form = pode escrever livremente
panel-template-only = só modelos aprovados
panel-there = { $town }  lá { $time }
panel-user-id = Id do WhatsApp
panel-since = Desde
panel-messages = Mensagens
panel-in-out = recebidas { $in }  enviadas { $out }
panel-template = Último modelo
panel-opted-out = Não quer publicidade desde { $day }
panel-notes = Notas
panel-files = Arquivos
panel-photos = fotos { $n }
panel-videos = vídeos { $n }
panel-audio = áudios { $n }
panel-docs = documentos { $n }
panel-stickers = figurinhas { $n }
notes-title = Notas sobre { $name }
notes-new = Nota nova
labels-title = Etiquetas de { $name }
labels-new = Escreva para achar uma etiqueta ou criar outra
labels-none = Ainda não há etiquetas.
labels-add = Etiqueta nova: { $label }
ask-name = Nosso nome para o cliente
ask-name-help = Vazio: o nome que usa no WhatsApp.
panel-also = Também em

## What lies over the panes

switcher-title = Ir para
switcher-empty = Nenhuma conversa encontrada.
palette-title = Fazer
palette-empty = Nenhuma ação encontrada.
help-title = Ajuda
switcher-new-number = Enter começa uma conversa com esse número.
forward-title = Encaminhar para
react-title = Reagir
react-empty = Nenhum emoji com esse nome.
react-take-off = tirar
links-title = Abrir um link
part-title = Copiar uma parte
part-help = ← → palavra   v daqui   y copiar
newchat-title = Nova conversa
newchat-through = por { $name }
newchat-template = Enter abre a conversa se ela existe. A quem não escreveu nas últimas 24 horas só se pode enviar um modelo aprovado.
newchat-searching = Procurando a conversa…
newchat-nobody = Ainda não há conversa com este número. Só um modelo aprovado pode começá-la: recado send { $to } --template NOME
newchat-offline = O serviço não responde; tente quando ele voltar.
phone-country-first = Comece com + e o código do país, como +55 11 98765-4321.
phone-bad-character = Num número só cabem algarismos, espaços e hifens.
phone-unknown-country = Nenhum país tem esse código.
phone-too-short = Faltam algarismos.
phone-too-long = Sobram algarismos.
help-list = lista
help-talk = conversa
help-text = escrever
help-find = / buscar   Tab outros painéis
confirm-open = Abrir { $address }?
help-number = só esse número
help-note = As teclas se mudam em keys.toml; aqui está o que vale agora.
section-move = Mover-se
section-message = Mensagem
section-chat = Conversa
section-write = Escrever
section-anywhere = Em todo lugar
details-title = Detalhes
details-kind = Tipo
details-time = Data
details-by = Escrita por
details-status = Estado
details-why = Por quê
details-do = O que fazer
details-way = Onde
details-meta = A Meta diz
details-id = Id
details-wamid = Id do WhatsApp
search-title = Buscar
search-here = aqui
search-everywhere = em tudo
search-operators = from: to: label: #número has:image|file|link before: after: on: is:unread|failed
search-asked = Buscando…
search-further = Nada ainda, procurando mais para trás…
search-none = Nada encontrado.
search-none-here = Nada aqui. Tab busca em tudo.
search-offline = Buscar precisa do daemon: tente quando ele voltar.
search-count = { $at } de { $count }   em { $ms } ms
search-you-to = Você a { $name }
search-at = achado { $at } de { $count }
ask-day = Ir a um dia
ask-save = Salvar como
ask-save-help = Um caminho nesta máquina; nada é sobrescrito.
ask-save-taken = Esse nome já existe. Este está livre.
ask-save-failed = Não foi salvo: { $why }
ask-day-help = ontem, segunda, 12 fev, 2026-02-12
ask-day-unknown = “{ $text }” não é um dia. Tente: 12 fev
attach-title = Anexar, para { $name }
attach-choose = Escolher um arquivo
attach-chosen =
    { $n ->
        [one] 1 escolhido  { $size }
       *[other] { $n } escolhidos  { $size }
    }
attach-empty = Não há nada aqui.
attach-unlisted = Não dá para ler a pasta: { $why }
attach-unreadable = Não dá para ler { $name }: { $why }
attach-looking = Examinando…
attach-goes-as = Vai como { $kind }
attach-caption = Legenda
attach-caption-long = A legenda tem { $count } caracteres; o WhatsApp aceita { $most }.
attach-no-caption = O WhatsApp não mostra legenda em { $name }: tire, ou envie as palavras à parte.
attach-recent = recente
attach-clipboard = Há uma imagem na área de transferência: Alt-V pega.
attach-instead = { $key } envia como documento.
attach-convert = Converta: { $command }
attach-uploading = { $part }% para o daemon
confirm-offered = Outro terminal entrega { $name }. Enviar para { $who }?
unfit-empty = O arquivo está vazio.
unfit-too-large =
    O WhatsApp aceita até { $limit } como { $kind ->
        [image] foto
        [video] vídeo
        [audio] áudio
        [voice] mensagem de voz
        [sticker] figurinha
       *[document] documento
    }; este tem { $size }.
unfit-format =
    Como { $kind ->
        [image] foto
        [video] vídeo
        [audio] áudio
        [voice] mensagem de voz
        [sticker] figurinha
       *[document] documento
    } o WhatsApp aceita { $wants }; este é { $found }.
unfit-depth = Imagens têm 8 bits por canal; esta é { $found }.
unfit-colours = As cores são para impressão; o WhatsApp quer RGB. É { $found }.
unfit-dimensions = Figurinhas medem 512×512; esta é { $found }.
unfit-video-codec = Vídeos vão em { $wants }; este é { $found }.
unfit-sound-codec = O som deve ser { $wants }; este é { $found }.
unfit-sound-tracks = Um vídeo tem uma faixa de som; este é { $found }.
unfit-channels = Mensagens de voz são mono; esta é { $found }.
unfit-damaged = O arquivo está danificado: { $found }.
unfit-other = O WhatsApp não aceita este arquivo.
unfit-instead =
    Envie como { $kind ->
        [image] foto
        [video] vídeo
        [audio] áudio
        [voice] nota de voz
        [sticker] figurinha
       *[document] documento
    } (--kind { $kind }).
template-title = Modelo, para { $name }
template-ready =
    { $n ->
        [one] 1 aprovado
       *[other] { $n } aprovados
    }
template-syncing = perguntando à Meta…
template-none = Ainda não há modelos. Alt-S pede à Meta; recado template create cria um.
template-none-fits = Nenhum modelo combina.
template-used = Usado com este cliente
template-window-open = A janela está aberta: também dá para escrever livremente.
template-window-closed = A janela está fechada: só um modelo chega.
template-card = Cartão { $n }
template-media-missing = [{ $kind }: escolha]
template-charged = é cobrado
template-free = grátis enquanto a janela está aberta
template-copy-code = Copiar código
template-limit = limite: { $most } clientes em 24 h
template-no-limit = sem limite
template-marketing = marketing
template-utility = utilidade
template-authentication = código
template-other = outra
template-approved = aprovado
template-pending = em análise
template-rejected = recusado
template-paused = em pausa
template-gone = indisponível
replies-title = Respostas salvas
replies-none = Ainda não há. Alt-N escreve a primeira.
replies-files =
    { $n ->
        [one] 1 arquivo
       *[other] { $n } arquivos
    }
reply-name-head = Nome: o que se digita na caixa para achar
reply-text-head = Texto
reply-variables = {"{{"}customer.name{"}}"}  {"{{"}operator{"}}"}  {"{{"}number{"}}"}
reply-name = Um nome leva minúsculas, dígitos, - e _, no máximo 32.
reply-empty = Escreva algo, ou anexe um arquivo.
reply-variable = Não existe { $name }.
choices-body = Texto
choices-button-n = Botão { $n }
choices-button = Botão
choices-row = Linha { $n }
choices-description =   abaixo
choices-url = Endereço
choices-footer = Rodapé
choices-send-place = Enviar localização
wrong-empty = { $field } está vazio.
wrong-too-long = { $field }: { $found } caracteres, e o WhatsApp aceita { $most }.
wrong-too-few = { $field }: pelo menos { $most }.
wrong-too-many = { $field }: no máximo { $most }.
wrong-line-break = { $field }: uma só linha, sem tabulações.
wrong-spaces = { $field }: no máximo quatro espaços seguidos.
wrong-file = { $field }: escolha um arquivo (Ctrl-O) ou dê um link https://.
wrong-place = { $field }: latitude, longitude, nome, endereço.
wrong-time = { $field }: um momento como 2026-12-24T18:00:00-03:00.
wrong-address = { $field }: um endereço que comece com https://.
wrong-twice = { $field }: outro tem as mesmas palavras.
wrong-phone = { $field }: um telefone com + e país.
wrong-json = { $field }: um objeto JSON.
wrong-name = { $field }: só minúsculas, algarismos e _.
wrong-language = { $field }: um idioma como o WhatsApp escreve: es, es_MX, pt_BR, en_US.
wrong-one-of = { $field }: um destes: { $list }.
wrong-unknown = Não há { $field } para preencher; há: { $list }.
wrong-misplaced = { $field } não cabe aí.
wrong-variable-edge = { $field }: palavras antes e depois das variáveis; nenhuma no começo nem no fim.
wrong-variables-adjacent = { $field }: uma palavra entre duas variáveis.
wrong-variables-order = { $field }: as variáveis são numeradas a partir de 1, sem falhas.
wrong-variables-mixed = { $field }: todas as variáveis com número ou todas com nome.
wrong-variables-many = { $field }: { $most } variáveis entre { $found } palavras são demais para a Meta.
wrong-variable-forbidden = { $field }: nenhuma variável pode ficar aí.
wrong-variable-end = { $field }: uma só variável, no fim.
wrong-example = { $field }: a Meta quer um exemplo para { $list }.
wrong-markup = { $field }: sem *, _, ~, `, emojis nem quebras de linha.
wrong-scattered = { $field }: as respostas rápidas ficam juntas, antes ou depois dos outros botões.
confirm-title = Tem certeza?
confirm-yes = sim
confirm-no = não
confirm-open-file = Abrir { $name } ({ $size })? Vem de outra pessoa: abra só o que você espera.
confirm-retry = Enviar de novo “{ $text }”?
confirm-retry-unknown = Não se sabe se “{ $text }” chegou. Se chegou, o cliente verá duas vezes. Enviar de novo?
confirm-remove-reply = Apagar a resposta salva /{ $name }? Todos os operadores a perdem.
confirm-leave-unsaved = O serviço não responde. O que você escreveu fica guardado nesta máquina e volta ao começar de novo. Sair?
confirm-leave-files = { $n ->
    [one] Um arquivo ainda está a caminho e não será enviado se você sair agora. Sair?
   *[other] { $n } arquivos ainda estão a caminho e não serão enviados se você sair agora. Sair?
}

## Short notices

toast-again-to-quit = De novo para sair
toast-cannot-quote = Essa mensagem não pode ser citada.
toast-cleared = Apagado. ^_ traz de volta
toast-copied-osc52 = Copiado pelo terminal (OSC 52)
toast-copy-too-large = Longo demais para copiar pelo terminal.
toast-cannot-react = Não dá para reagir a essa mensagem.
toast-copied-program =
    { $program ->
        [tmux] Copiado no tmux, que o passa ao terminal se puder
       *[other] Copiado com { $program }
    }
toast-drafts-restored =
    { $n ->
        [one] Um rascunho da última vez voltou ao seu lugar.
       *[other] { $n } rascunhos da última vez voltaram ao seu lugar.
    }
toast-editor-failed = O editor: { $why }
toast-forward-words-only = Por enquanto só palavras são encaminhadas.
toast-forwarded = O texto está na resposta: Enter envia.
toast-no-clipboard = Aqui não dá para ler a área de transferência: cole com a tecla do terminal.
toast-no-number = Ainda não há número de onde escrever.
toast-no-words = Não há palavras para copiar.
toast-react-closed = A janela está fechada: a reação não chegaria.
toast-react-offline = Sem conexão: a reação precisa esperar.
toast-reacted = Reação { $emoji } enviada. Escolhida de novo, ela sai.
toast-unreacted = Reação tirada.
toast-daemon-back = O daemon voltou. Tudo em dia.
toast-draft-not-kept = O rascunho não foi salvo: { $detail }
toast-theme-broken = O tema não é usado: { $why }
toast-key-conflict = Linha { $line } de keys.toml: { $keys } esconde { $hidden }.
toast-kept-as-draft = Sem conexão: fica como rascunho.
toast-message-gone = Essa mensagem não está mais.
toast-no-file = Esta mensagem não tem arquivo.
toast-no-picture = Esta mensagem não tem imagem que dê para mostrar aqui.
toast-no-sound = Esta mensagem não tem nada para tocar.
toast-no-player = Não há player ([media] player em console.toml). Dá para salvar.
toast-no-desktop = Esta máquina não tem área de trabalho. { $key } salva aqui; “recado --host ssh://…” na sua máquina abre lá.
toast-not-played = Não tocou: { $why }
toast-saved = Salvo: { $path }
toast-file-here = O arquivo já está aqui.
toast-file-coming = O arquivo está a caminho.
toast-file-waits = O arquivo não foi baixado. { $key } baixa.
toast-file-failed = Não deu para baixar o arquivo. { $key } tenta de novo.
toast-file-expired = O arquivo não está mais disponível.
toast-no-chat = Abra uma conversa primeiro.
toast-offered-no-chat = Um arquivo foi entregue (recado put), mas não há conversa aberta aqui.
toast-file-not-sent = O daemon não responde: o arquivo não foi enviado. Ao anexar de novo já estará escolhido.
toast-template-status = { $name } não pode ser enviado: { $status }.
toast-template-offline = O daemon não responde. O que você preencheu fica aqui.
toast-template-not-sent = O daemon não responde: não foi enviado. O modelo continua lá com Ctrl-T.
toast-synced = A Meta tem { $n } modelos.
toast-reply-kept = Respostas salvas em dia.
toast-no-link = Esta mensagem não tem links.
toast-not-loaded = Essa mensagem ainda não foi carregada.
toast-not-opened = Não abriu: { $why }
toast-not-sent = Não foi enviada: { $detail }
toast-nothing-to-retry = Só se reenviam mensagens que falharam.
toast-notice = { $sentence }
toast-opened = Aberto: { $address }
toast-problem = { $detail }
toast-quoted-gone = A mensagem citada não está aqui.
toast-no-way = Por ali não há aonde ir.
toast-nothing-to-take-back = Não há nada a desfazer.
toast-taken-back = Desfeito.
done-archived = { $name }: arquivada. { $key } desfaz
done-unarchived = { $name }: aberta de novo. { $key } desfaz
done-pinned = { $name }: fixada no topo. { $key } desfaz
done-unpinned = { $name }: não está mais fixada. { $key } desfaz
done-muted = { $name }: silenciada. { $key } desfaz
done-unmuted = { $name }: com som de novo. { $key } desfaz
done-snoozed = { $name }: adiada até { $moment }. { $key } desfaz
done-unsnoozed = { $name }: de novo na lista. { $key } desfaz
toast-back = { $name } está de volta: você adiou esta conversa até agora
snooze-title = Adiar até
snooze-tonight = Hoje à noite
snooze-tomorrow = Amanhã de manhã
snooze-monday = Segunda-feira
snooze-never = Não mais: volta agora
snooze-unknown = Isso não é um momento futuro.
snooze-help = Ou digite: 15:30   2h   amanhã 10   12 fev 9:00
bind-title = Atribuir uma tecla
bind-press = Aperte a tecla, ou até três seguidas.
bind-free = Essa tecla está livre.
bind-taken = { $keys } é agora “{ $deed }”
bind-longer = { $keys } “{ $deed }” ficaria fora de alcance
bind-shorter = { $keys } “{ $deed }” vem antes: estas não seriam alcançadas
bind-kept = { $place } { $keys } continua “{ $deed }”
done-bound = { $keys } faz “{ $deed }” a partir de agora; está em keys.toml
toast-not-bound = A tecla não foi atribuída: { $why }
context-anywhere = em qualquer lugar
context-list = na lista de conversas
context-conversation = na conversa
context-text = ao escrever
context-overlay = em listas e perguntas
confirm-why-closed = O WhatsApp deixa escrever livremente por 24 horas depois da última mensagem do cliente; mais tarde é preciso um modelo aprovado. Este cliente escreveu pela última vez em { $moment }; assim que escrever de novo, a janela se abre sozinha. A Meta recusa todo o resto com o erro 131047, por isso o recado não envia. Escolher um modelo agora?
confirm-why-never = Este cliente ainda não escreveu para este número. O WhatsApp só deixa começar uma conversa com um modelo aprovado; quando o cliente responder, começam 24 horas para escrever livremente. Escolher um modelo agora?
toast-window-open = A janela está aberta: você pode escrever livremente.
confirm-read-all = Marcar { $n } conversas como lidas? Os clientes não veem nada.
confirm-read-all-of = Marcar { $n } conversas de #{ $place } como lidas? Os clientes não veem nada.
read-all-offline = O daemon não responde: tente quando ele voltar.
read-all-none = Não há nada não lido.
done-read-all = { $n } conversas lidas. { $key } desfaz
do-read-all-of = marcar todas as conversas de #{ $place } como lidas
done-read = { $name }: lida. { $key } desfaz
done-unread = { $name }: não lida. { $key } desfaz
toast-no-more-hits = Não há mais achados por ali.
toast-no-search = Busque primeiro; depois se percorre o achado.
toast-no-unread-there = Não há nada sem ler por ali.
done-note-gone = A nota se foi. { $key } a traz de volta
done-opted-out = { $name }: sem publicidade de agora em diante. { $key } desfaz
done-opted-in = { $name }: pode receber publicidade de novo. { $key } desfaz
toast-too-long = Longo demais: { $count } de { $most } caracteres.
toast-window-closed = A janela está fechada: fica como rascunho.

## Problems that the daemon tells, by code

problem-outside-window = A janela de 24 horas está fechada: só um modelo pode sair.
problem-too-long = É mais longo do que o WhatsApp permite.
problem-number-not-ready = O número está em pausa ou com erro.
problem-forbidden = Você não tem permissão para isso.
problem-unauthorized = O daemon não sabe quem você é.
problem-not-found = Isso não existe mais.
problem-busy = O daemon está ocupado: tente de novo.
problem-opted-out = O cliente não quer publicidade.
problem-would-mark-read = Também daria ao cliente os tiques azuis.
problem-storage-full = O disco do servidor está cheio: nada foi salvo.
problem-clock-wrong = O relógio do servidor está errado: acerte-o (timedatectl set-ntp true). Enquanto isso as janelas são contadas pela hora da Meta.
problem-clock-ok = O relógio do servidor está certo de novo.
problem-internal = Algo falhou dentro do recado; o registro do daemon diz mais.
problem-unreachable = O daemon não responde.

## For the ear

plain-head = { $name }, número { $number }, { $window }
plain-window = janela aberta { $span }
plain-unread =
    { $n ->
        [one] { $n } não lida
       *[other] { $n } não lidas
    }
plain-snoozed = adiada até { $moment }
plain-back = de volta desde { $moment }
plain-foot =
    { $n ->
        [one] { $n } conversa não lida. Aperte { $key } para a ajuda.
       *[other] { $n } conversas não lidas. Aperte { $key } para a ajuda.
    }
plain-quoted = responde a: { $words }
plain-reaction = Reação: { $emoji }
plain-status = { $status }: { $words }

## Being told

notice-from = { $name }, { $number }
notice-new = Mensagem nova
notice-many =
    { $n ->
        [one] { $n } mensagem nova
       *[other] { $n } mensagens novas
    }

## Statistics

stats-title = Estatísticas
stats-all = todos os números
stats-day = dia
stats-week = semana
stats-month = mês
stats-by-hour = Mensagens por hora
stats-by-day = Mensagens por dia
stats-in = entram
stats-out = saem
stats-new = clientes novos
stats-answer = resposta típica
stats-answer-most = resposta lenta
stats-conversations = conversas
stats-lost = janelas perdidas
stats-delivery = Entrega
stats-by-number = Por número
stats-none = O daemon não tem números para mostrar.
stats-loading = Contando…
stats-step = { $step }: { $in } entram, { $out } saem

## What a terminal lacks

doctor-ok = certo
doctor-missing = falta
doctor-unknown = não se sabe
doctor-add = Acrescente a { $file }:
doctor-term = terminal
doctor-term-do = Abra ali o recado com --plain, ou ponha em TERM o que o terminal é.
doctor-utf8 = letras
doctor-utf8-do = O idioma do sistema não é UTF-8, ou é um em que muitas marcas ocupam duas células: o recado desenha com marcas ASCII.
doctor-colours = cores
doctor-colours-do = Sem cores os estados se distinguem pelo traço e pelas palavras.
doctor-copy = copiar (OSC 52)
doctor-copy-do = Ninguém diz se este terminal aceita o que o recado copia. Se não: Alt-m, e selecione com o mouse.
doctor-keys = teclas que se distinguem
doctor-keys-do = Aqui Shift-Enter não se distingue de Enter: Alt-Enter e Ctrl-J fazem linhas novas.
doctor-mosh = mosh
doctor-mosh-do = mosh não leva imagens, e copia só a partir da versão 1.4; ssh faz as duas coisas.
doctor-tmux-passthrough = tmux: imagens e avisos
doctor-tmux-passthrough-do = o tmux fica com o que é para o terminal por trás dele.
doctor-tmux-clipboard = tmux: copiar
doctor-tmux-clipboard-do = o tmux joga fora o que o recado copia, sem dizer nada.
doctor-tmux-focus = tmux: foco
doctor-tmux-focus-do = o recado não pode saber se você o olha, e marca conversas como lidas só pelas suas teclas.
doctor-tmux-keys = tmux: teclas
doctor-tmux-keys-do = Shift-Enter não chega: Alt-Enter e Ctrl-J chegam.

## What the doctor finds, by check and code

check-title = Número { $number }: verificação
check-way = O caminho de uma mensagem
check-rest = O número e esta máquina
check-verdict-ok = ok
check-verdict-warning = olhar
check-verdict-failed = erro
check-verdict-skipped = pulado
check-all-ok = Está tudo bem.
check-why = Faça
check-run = Execute
check-page = Página
check-metas-advice = A Meta diz: { $advice }
check-name = nome
check-port = porta
check-certificate = certificado
check-reach = este daemon
check-handshake = aperto de mão
check-delivery = entrega assinada
check-callback = webhook do app
check-subscription = inscrição
check-override = desvio
check-last-delivery = última entrega
check-token = token
check-permissions = permissões
check-number = número
check-payment = pagamento
check-policy = políticas
check-clock = relógio
check-disk = disco
check-database = banco de dados
check-after = não foi visto: primeiro é preciso arrumar { $hop }
check-refused = a Meta recusou a pergunta (código { $error }: { $why })
check-unreached = não foi possível perguntar à Meta: { $why }
check-unreached-do = Veja a saída desta máquina para a internet e rode o doctor de novo.
check-unknown = não foi possível descobrir: { $why }
check-name-ok = { $host } é { $addresses }
check-name-local = { $host } é esta própria máquina; só programas daqui a chamam
check-name-no-url = webhook.public_url está vazio: ninguém sabe aonde a Meta deve ligar
check-name-no-url-do = Ponha webhook.public_url = "https://…" no recado.toml, com o nome que aponta para esta máquina; vale assim que o arquivo é salvo.
check-name-bad-url = webhook.public_url não é um endereço: { $url }
check-name-bad-url-do = Escreva como https://wa.example.com, sem nada depois do nome.
check-name-not-found = o nome { $host } não leva a lugar nenhum: { $why }
check-name-not-found-do = Onde está o domínio, crie um registro A para { $host } com o endereço deste servidor; pode levar uma hora para ser visto em todo lugar.
check-name-private = { $host } é { $addresses }, um endereço que ninguém alcança de fora
check-name-private-do = Se só esta máquina vê assim (uma linha em /etc/hosts), está bem. Senão, ponha o endereço público no registro A.
check-port-ok = a porta { $port } de { $address } está aberta
check-port-some = a porta { $port } está aberta em { $address } e fechada em { $other }
check-port-some-do = A Meta pode escolher qualquer um: faça o proxy escutar nos dois, ou tire o registro de { $other }.
check-port-refused = nada escuta na porta { $port } de { $address }
check-port-refused-do = Inicie o proxy reverso (sudo systemctl start caddy, ou nginx); o README, passo 2, traz um arquivo pronto para cada um.
check-port-silent = a porta { $port } de { $address } não responde: quase sempre é um firewall
check-port-silent-do = Abra a porta { $port } no firewall desta máquina (sudo ufw allow { $port }/tcp) e no painel do seu provedor.
check-port-unreached = não se chega à porta { $port }: { $why }
check-port-unreached-do = Confira o endereço do nome e a rede desta máquina.
check-certificate-ok = vale mais { $days } dias, de { $issuer }
check-certificate-local = não é preciso nesta máquina; a Meta só liga por https
check-certificate-soon = termina em { $days } dias
check-certificate-soon-do = Já deveria ter se renovado: veja o que diz a renovação.
check-certificate-expired = terminou há { $ago }
check-certificate-expired-do = A Meta não entrega nada até ser renovado. O Caddy renova sozinho se as portas 80 e 443 estão abertas; com nginx, rode o certbot.
check-certificate-not-yet = ainda não vale, pelo relógio desta máquina
check-certificate-not-yet-do = Veja primeiro o relógio desta máquina; se estiver certo, peça o certificado de novo.
check-certificate-wrong-host = feito para { $names }, não para { $host }
check-certificate-wrong-host-do = O proxy mostra o certificado de outro site: dê a { $host } um bloco próprio no arquivo do proxy, e um certificado com esse nome.
check-certificate-self-signed = assinado por si mesmo: a Meta só aceita os de uma autoridade pública
check-certificate-self-signed-do = Deixe o Caddy buscar um (packaging/proxy/Caddyfile), ou peça com o certbot: os dois são grátis.
check-certificate-incomplete = enviado sem o certificado de quem o assinou ({ $issuer })
check-certificate-incomplete-do = Os navegadores perdoam, a Meta não: no nginx aponte ssl_certificate para fullchain.pem em vez de cert.pem.
check-certificate-untrusted = assinado por { $issuer }, que a Meta não conhece
check-certificate-untrusted-do = Peça um certificado de uma autoridade pública: Caddy e certbot fazem isso de graça.
check-certificate-bad = não é aceito: { $why }
check-certificate-bad-do = Peça o certificado de novo.
check-certificate-no-tls = a porta { $port } de { $host } não fala TLS: { $why }
check-certificate-no-tls-do = A Meta liga por https: ali deve escutar o proxy com um certificado, e não o recadod.
check-certificate-not-https = webhook.public_url começa com http://, e a Meta só liga por https
check-certificate-not-https-do = Ponha na frente um proxy com certificado (README, passo 2) e escreva ali https://{ $host }.
check-reach-ok = o endereço público leva até aqui ({ $ms } ms)
check-reach-other-recado = em { $url } responde outro recado
check-reach-other-recado-do = O nome ou o proxy levam a outro recadod: compare o destino do proxy com o webhook.listen daqui, e o endereço do nome com o deste servidor.
check-reach-other-server = em { $url } responde outra coisa (HTTP { $status }, servidor { $server })
check-reach-other-server-do = O proxy não repassa isto ao recadod: que repasse /webhooks/, /.well-known/recado/ e /healthz ao endereço de webhook.listen.
check-reach-redirect = { $url } nos manda para { $to }, e a Meta não segue
check-reach-redirect-do = Ponha em webhook.public_url o endereço final, ou tire o redirecionamento dos caminhos do recado.
check-reach-gateway = o proxy responde { $status }: não alcança o recadod
check-reach-gateway-do = Compare o destino do proxy com webhook.listen, e veja se o recadod roda ali.
check-reach-silent = não há resposta: { $why }
check-reach-silent-do = Veja o log do proxy.
check-handshake-ok = respondido em { $ms } ms
check-handshake-wrong-token = recusado: em { $url } espera-se outro token de verificação
check-handshake-wrong-token-do = Quem responde ali não é este daemon, ou o proxy tira a consulta: que /webhooks/ chegue a este recadod sem mudanças.
check-handshake-unknown-app = o daemon em { $url } não conhece nenhum número do app { $app }
check-handshake-unknown-app-do = Que /webhooks/ chegue a este recadod: ali responde outro.
check-handshake-changed = respondido, mas não com o desafio
check-handshake-changed-do = Algo no caminho muda a resposta: uma página antes, um cache, um login. Tire isso para /webhooks/.
check-handshake-other-server = em { $url } responde outra coisa (HTTP { $status }, servidor { $server })
check-handshake-other-server-do = Que o proxy repasse /webhooks/ ao recadod, GET e POST, sem login, cache nem filtro.
check-handshake-redirect = { $url } nos manda para { $to }, e a Meta não segue
check-handshake-redirect-do = Tire o redirecionamento de /webhooks/.
check-handshake-gateway = o proxy responde { $status }: não alcança o recadod
check-handshake-gateway-do = Compare o destino do proxy para /webhooks/ com webhook.listen.
check-handshake-silent = não há resposta: { $why }
check-handshake-silent-do = Veja o log do proxy.
check-delivery-other-server = em { $url } responde outra coisa (HTTP { $status }, servidor { $server })
check-delivery-other-server-do = Que o proxy repasse /webhooks/ ao recadod, GET e POST, sem login, cache nem filtro.
check-delivery-redirect = { $url } nos manda para { $to }, e a Meta não segue
check-delivery-redirect-do = Tire o redirecionamento de /webhooks/.
check-delivery-gateway = o proxy responde { $status }: não alcança o recadod
check-delivery-gateway-do = Compare o destino do proxy para /webhooks/ com webhook.listen.
check-delivery-silent = não há resposta: { $why }
check-delivery-silent-do = Veja o log do proxy.
check-delivery-ok = recebida em { $ms } ms, reconhecida e não guardada
check-delivery-lost = responderam 200, mas não chegou a este daemon
check-delivery-lost-do = A Meta a daria por entregue, e ela se perderia: outra coisa responde a POST em { $url }. Que o proxy repasse POST a este recadod.
check-delivery-wrong-signature = o corpo ou sua assinatura mudaram no caminho
check-delivery-wrong-signature-do = O proxy deve repassar o corpo byte a byte e manter o cabeçalho X-Hub-Signature-256: desligue o que reescreve, comprime ou filtra corpos em /webhooks/.
check-delivery-unknown-app = o daemon em { $url } não conhece nenhum número deste app
check-delivery-unknown-app-do = Que POST chegue a este recadod: ali responde outro.
check-delivery-too-long = o proxy só aceita corpos curtos (413)
check-delivery-too-long-do = No nginx ponha client_max_body_size 4m para este site.
check-delivery-not-stored = chegou, mas o banco de dados não pode ser escrito
check-delivery-not-stored-do = Veja disco e banco de dados abaixo; a Meta guarda o que não pôde entregar e volta.
check-callback-ok = a Meta liga para { $url }
check-callback-none = o app { $app } não tem webhook na Meta
check-callback-none-do = Painel do app › WhatsApp › Configuração › Webhook › Editar: ponha { $ours } e o token de verificação, e inscreva-se em messages.
check-callback-elsewhere = a Meta liga para { $url }, não para { $ours }
check-callback-elsewhere-do = Painel do app › WhatsApp › Configuração › Webhook › Editar: ponha { $ours } e o token de verificação. Um app tem um só webhook: se o outro programa precisa dele, dê ao recado um app próprio.
check-callback-inactive = a Meta desligou o webhook do app
check-callback-inactive-do = Painel do app › WhatsApp › Configuração › Webhook › Editar › Verificar e salvar, para ligá-lo de novo.
check-callback-no-messages = o webhook é nosso, mas o campo messages não está inscrito: não chega mensagem nem tique
check-callback-no-messages-do = Painel do app › WhatsApp › Configuração › Webhook › Campos do webhook: aperte Inscrever-se ao lado de messages.
check-callback-fields = as mensagens chegam; sem inscrição: { $fields }
check-callback-fields-do = Inscreva-se nestes também: sem eles o recado só sabe de modelos bloqueados e da qualidade quando pergunta.
check-callback-wrong-secret = a Meta recusa a chave secreta do app que o recado tem (código { $error })
check-callback-wrong-secret-do = Foi trocada na Meta, ou é de outro app: copie Configurações do app › Básico › Chave secreta e dê ao recado com recado number set --app-secret-file ARQUIVO. A Meta reenvia sozinha o que foi recusado.
check-subscription-ok = a conta está inscrita no nosso app { $app }
check-subscription-nobody = a conta { $account } não está inscrita em nenhum app: a Meta não entrega a ninguém
check-subscription-nobody-do = O webhook está verificado e nada chega: inscreva a conta { $account } no app { $app }, com recado number reconnect, ou com Configuração da API › Enviar mensagem.
check-subscription-other = a conta está inscrita em { $others }, não no nosso app { $app }
check-subscription-other-do = O webhook está verificado e nada chega: inscreva a conta { $account } no app { $app }, com recado number reconnect, ou com Configuração da API › Enviar mensagem.
check-override-ok = as mensagens vão aonde o app diz
check-override-number = as mensagens deste número vão para { $url }
check-override-number-do = Tire o desvio na Meta (um override_callback_uri vazio), ou no programa que o criou; até lá o recado não ouve nada.
check-override-account = as mensagens desta conta vão para { $url }
check-override-account-do = Tire o desvio na Meta (um override_callback_uri vazio), ou no programa que o criou; até lá o recado não ouve nada.
check-last-delivery-ok = a Meta entregou há { $ago }
check-last-delivery-never = a Meta ainda não entregou nada
check-last-delivery-never-do = Escreva ao número de qualquer telefone. Se nada chegar e o de cima estiver bem, passe a chave do app de Desenvolvimento para Ativo.
check-last-delivery-silent = nada há { $ago }
check-last-delivery-silent-do = Se é muito para este número, escreva para ele de qualquer telefone e veja se chega.
check-last-delivery-refused = as últimas { $count } notificações tinham assinatura inválida e foram recusadas
check-last-delivery-refused-do = A chave secreta mudou na Meta, ou algo no caminho muda os corpos: copie Configurações do app › Básico › Chave secreta e dê ao recado com recado number set --app-secret-file ARQUIVO. A Meta as reenvia sozinha.
check-token-ok = funciona e não expira
check-token-until = funciona por mais { $days } dias
check-token-works = funciona; a Meta não diz até quando
check-token-soon = expira em { $days } dias
check-token-soon-do = Faça um permanente: Configurações do negócio › Usuários › Usuários do sistema › Gerar token, validade Nunca; depois recado number set --access-token-file -, e cole.
check-token-temporary = um temporário do painel, serve por mais { $hours } horas
check-token-temporary-do = Faça um permanente: Configurações do negócio › Usuários › Usuários do sistema › Gerar token, validade Nunca; depois recado number set --access-token-file -, e cole.
check-token-expired = expirou (código { $error })
check-token-expired-do = Faça um permanente: Configurações do negócio › Usuários › Usuários do sistema › Gerar token, validade Nunca; depois recado number set --access-token-file -, e cole.
check-token-dead = a Meta o recusa (código { $error }, { $subcode }): mudou uma senha, um papel ou o app
check-token-dead-do = Faça um permanente: Configurações do negócio › Usuários › Usuários do sistema › Gerar token, validade Nunca; depois recado number set --access-token-file -, e cole.
check-token-other-app = é de outro app ({ $other }), não de { $app }
check-token-other-app-do = Gere o token escolhendo o app { $app }; depois recado number set --access-token-file -, e cole.
check-permissions-ok = pode enviar e cuidar da conta
check-permissions-missing = falta { $permission }
check-permissions-missing-do = Gere o token de novo marcando whatsapp_business_messaging, whatsapp_business_management e business_management.
check-permissions-other-account = vê as contas { $accounts }, não { $account }
check-permissions-other-account-do = Configurações do negócio › Usuários do sistema › Atribuir ativos: a conta do WhatsApp { $account }, controle total; depois gere o token de novo.
check-number-ok = { $name }, qualidade { $quality }, limite { $limit }, velocidade { $throughput }
check-number-gone = a Meta não o conhece, ou o token não pode vê-lo
check-number-gone-do = Compare a identificação do número com Configuração da API › De, e dê ao usuário do sistema acesso à conta.
check-number-not-registered = está em { $status }: não está registrado na API da nuvem
check-number-not-registered-do = Gerenciador do WhatsApp › Números de telefone › o número › Registrar, com o PIN de seis dígitos.
check-number-restricted = está em { $status } na Meta
check-number-restricted-do = Gerenciador do WhatsApp › Números de telefone mostra até quando e onde recorrer; as respostas talvez ainda saiam.
check-number-blocked = a Meta não a deixa enviar nada (código { $error }): { $why }
check-number-blocked-do = Abra o Gerenciador do WhatsApp › Números de telefone e faça o que ele pede.
check-number-limited = a Meta o limita (código { $error }): { $why }
check-number-limited-do = Abra o Gerenciador do WhatsApp › Números de telefone para ver o que falta.
check-number-name = o nome de exibição { $name } está em { $name_status }
check-number-name-do = Gerenciador do WhatsApp › Números de telefone › o número › Perfil: escolha um nome que mostre o negócio.
check-number-quality = os clientes reclamam: qualidade { $quality }
check-number-quality-do = Envie menos modelos durante uma semana, só a quem os pediu.
check-payment-ok = nada pendente
check-payment-problem = a Meta não consegue cobrar (código { $error }): { $why }
check-payment-problem-do = Gerenciador do WhatsApp › Cobrança: ponha ou conserte a forma de pagamento. As respostas dentro de 24 horas continuam saindo.
check-policy-ok = sem restrições
check-policy-review = análise da conta pela Meta: { $review }
check-policy-review-do = Abra o Início do suporte para empresas: diz por quê, e tem o botão para outra análise.
check-policy-blocked = a Meta não deixa a conta enviar nada (código { $error }): { $why }
check-policy-blocked-do = Abra o Início do suporte para empresas para ver do que se trata, e recorra ali.
check-policy-limited = a Meta limita a conta (código { $error }): { $why }
check-policy-limited-do = Abra o Gerenciador do WhatsApp e complete o que ele pede ao negócio.
check-clock-ok = certo, com { $seconds } s de diferença
check-clock-off = { $seconds } s { $way ->
        [behind] atrasado
       *[ahead] adiantado
    } em relação à Meta
check-clock-off-do = Por ele se julgam as janelas de 24 horas, os tokens e os certificados: deixe a máquina acertar o relógio sozinha.
check-disk-ok = { $mib } MiB livres ({ $percent } %) em { $folder }
check-disk-little = { $mib } MiB livres ({ $percent } %) em { $folder }
check-disk-little-do = Abra espaço: um limite para arquivos (media.keep = "90 days") vale na hora; sem espaço, as mensagens esperam na Meta.
check-disk-full = { $mib } MiB livres ({ $percent } %) em { $folder }
check-disk-full-do = Abra espaço: um limite para arquivos (media.keep = "90 days") vale na hora; sem espaço, as mensagens esperam na Meta.
check-database-ok = íntegro, { $mib } MiB
check-database-large = pode ser escrito; com { $mib } MiB não é lido por inteiro enquanto se trabalha
check-database-not-writable = não pode ser escrito
check-database-not-writable-do = O log diz por quê: quase sempre disco cheio ou permissões trocadas na pasta.
check-database-unreadable = não pode ser lido: { $why }
check-database-unreadable-do = Pare o recadod e veja o log antes de tudo; não apague o arquivo.
check-database-broken = danificado: { $why }
check-database-broken-do = Pare o recadod, copie à parte a pasta de dados e restaure o backup mais recente.
cli-doctor-none = Ainda não há número para verificar: recado connect.

## Short words for the hint line

hint-send = enviar
hint-new-line = linha
hint-go-to-chat = ir para
hint-commands = ações
hint-help = ajuda
hint-open = abrir
hint-next-unread = não lidas
hint-filter = filtrar
hint-next-hit = próximo
hint-previous-hit = anterior
hint-search = buscar
hint-note = nota
hint-archive = arquivar
hint-snooze = adiar
hint-write = escrever
hint-reply = citar
hint-copy = copiar
hint-retry = reenviar
hint-details = detalhes
hint-customer = cliente
hint-react = reagir
hint-forward = encaminhar
hint-select = escolher
hint-new-chat = nova
hint-editor = editor
hint-next-pane = próximo
hint-stats-day = dia
hint-stats-week = semana
hint-stats-month = mês
hint-stats-earlier = antes
hint-stats-later = depois
hint-stats-copy = CSV
hint-statistics = números
hint-attach = arquivo
hint-tick = escolher
hint-as-document = como documento
hint-hidden-files = ocultos
hint-open-link = abrir
hint-save-file = salvar
hint-template = modelo
hint-sync-templates = sincronizar
hint-new-reply = nova
hint-remove-reply = remover
hint-template-language = idioma
hint-undo = desfazer
hint-keep-writing = rascunho
hint-back = voltar
hint-accept = aceitar
hint-down = abaixo
hint-up = acima

## Deeds: what they are called, and one line that explains each

do-down = descer
    .help = Vai ao próximo.
do-up = subir
    .help = Vai ao anterior.
do-first = ao primeiro
    .help = Vai ao começo.
do-last = ao último
    .help = Vai ao fim, ao mais novo.
do-page-down = página abaixo
    .help = Avança uma página.
do-page-up = página acima
    .help = Volta uma página.
do-half-page-down = meia página abaixo
    .help = Avança meia página.
do-half-page-up = meia página acima
    .help = Volta meia página.
do-next-day = dia seguinte
    .help = Vai à primeira mensagem do dia seguinte.
do-previous-day = dia anterior
    .help = Vai à primeira mensagem do dia anterior.
do-unread-above = não lida, acima
    .help = Vai para onde começou o não lido.
do-unread-below = não lida, abaixo
    .help = Vai à próxima mensagem não lida.
do-to-quoted = à citada
    .help = Vai à mensagem que esta cita.
do-to-date = ir a um dia
    .help = Vai à primeira mensagem de um dia: ontem, 12 fev, 2026-02-12.
do-search = buscar
    .help = Busca palavras aqui ou em todas as conversas; from: before: has: e outros restringem.
do-next-hit = próximo achado
    .help = Vai à próxima mensagem que a busca achou, mais antiga.
do-previous-hit = achado anterior
    .help = Vai à anterior.
do-reply = responder citando
    .help = Cita esta mensagem na resposta.
do-copy = copiar texto
    .help = Copia o texto da mensagem.
do-copy-named = copiar com nome
    .help = Copia a mensagem com nome e hora.
do-react = reagir
    .help = Põe um emoji na mensagem, ou tira.
do-forward = encaminhar
    .help = Põe o texto da mensagem na resposta de outra conversa.
do-select = escolher várias
    .help = Escolhe várias mensagens para copiar ou encaminhar; duas vezes: uma parte de uma.
do-select-part = escolher uma parte
    .help = Escolhe algumas palavras da mensagem para copiar.
do-new-chat = nova conversa
    .help = Começa uma conversa com qualquer número.
do-editor = editor externo
    .help = Abre o que está escrito no $EDITOR; nada é enviado sozinho.
do-paste-clipboard = colar
    .help = Põe o texto da área de transferência desta máquina.
do-attach = anexar arquivos
    .help = Escolhe arquivos desta máquina e envia, cada um com seu texto.
do-template = modelo
    .help = Escolhe um modelo aprovado, preenche e envia; também com a janela fechada.
do-replies = respostas salvas
    .help = Mostra as respostas salvas: põe uma na caixa, escreve, muda ou remove.
do-ask-buttons = enviar botões
    .help = Cria uma mensagem com até três botões para responder.
do-ask-list = enviar uma lista
    .help = Cria uma mensagem com uma lista de até dez linhas para escolher.
do-ask-link = enviar um botão de link
    .help = Cria uma mensagem com um botão que abre uma página.
do-ask-place = pedir a localização
    .help = Cria uma mensagem com um botão que envia onde o cliente está.
do-sync-templates = sincronizar modelos
    .help = Pede à Meta todos os modelos agora.
do-template-language = idioma dos modelos
    .help = Mostra os modelos de um idioma, depois do próximo, depois todos.
do-new-reply = nova resposta salva
    .help = Escreve uma resposta salva, na lista.
do-remove-reply = remover resposta salva
    .help = Joga fora a resposta salva do cursor.
do-tick = escolher arquivo
    .help = Marca um arquivo no seletor, ou desmarca.
do-as-document = enviar como documento
    .help = O arquivo do cursor vai como documento, seja o que for.
do-hidden-files = arquivos ocultos
    .help = Mostra os arquivos ocultos no seletor, ou esconde.
do-open-link = abrir link ou arquivo
    .help = Abre o link da mensagem no navegador, ou o arquivo; pergunta antes.
do-save-file = salvar arquivo
    .help = Salva o arquivo da mensagem nesta máquina, nunca por cima de outro.
do-fetch-file = baixar arquivo
    .help = Baixa do WhatsApp um arquivo que era grande ou que falhou.
do-enlarge = ampliar imagem
    .help = Mostra a imagem da mensagem em tamanho grande; Enter também. Para cima e para baixo vão às outras.
do-play = tocar ou parar
    .help = Toca a nota de voz ou o som com o player escolhido; de novo para.
do-retry = enviar de novo
    .help = Envia de novo uma mensagem que falhou; pergunta antes.
do-details = detalhes
    .help = Horas, identificadores e erros da mensagem.
do-open = abrir
    .help = Abre a conversa.
do-next-unread = próxima não lida
    .help = Vai à próxima conversa não lida.
do-previous-unread = anterior não lida
    .help = Vai à conversa não lida anterior.
do-next-chat = próxima conversa
    .help = Abre a conversa de baixo.
do-previous-chat = conversa anterior
    .help = Abre a conversa de cima.
do-mark-read = marcar como lida
    .help = Marca a conversa como lida; o cliente vê os tiques azuis.
do-mark-unread = marcar como não lida
    .help = Só na sua tela: o cliente não fica sabendo.
do-read-all = marcar todas as conversas como lidas
    .help = Os clientes não veem nada; pergunta antes e dá para desfazer.
do-archive = arquivar
    .help = Tira a conversa da lista até o cliente escrever.
do-pin = fixar no topo
    .help = Mantém a conversa no topo da lista.
do-mute = silenciar
    .help = Esta conversa não faz barulho.
do-snooze = adiar até…
    .help = Fora da lista até lá, ou até o cliente escrever; para toda a equipe.
do-note = nota sobre o cliente
    .help = Anota algo sobre o cliente; todos os operadores leem.
do-labels = etiquetas
    .help = Põe etiquetas na conversa ou as tira.
do-rename = nomear o cliente
    .help = Dá ao cliente um nome nosso; ele não o vê.
do-opt-out = sem publicidade
    .help = Marca que o cliente não quer publicidade, ou tira a marca.
do-files = arquivos da conversa
    .help = Busca as mensagens que trazem um arquivo.
do-take-back = desfazer a ação
    .help = Desfaz o último feito com uma conversa: arquivar, fixar, marcar.
do-filter = filtrar a lista
    .help = Só conversas com essas letras no nome, no número ou numa etiqueta.
do-view-all = ver: todas
    .help = Todas as conversas abertas, as fixadas primeiro.
do-view-unread = ver: não lidas
    .help = Só conversas com algo não lido.
do-view-waiting = ver: esperam resposta
    .help = Só as que esperam resposta, primeiro quem esperou mais.
do-view-closing = ver: janela a fechar
    .help = Só as de janela aberta, primeiro a que fecha antes.
do-view-archived = ver: arquivadas
    .help = Só as conversas arquivadas.
do-view-snoozed = ver: adiadas
    .help = Só as conversas adiadas, primeiro a que volta antes.
do-go-back = voltar aonde você estava
    .help = Vai à conversa e à mensagem onde você estava antes.
do-go-forward = adiante de novo
    .help = Desfaz o último passo atrás.
do-write = escrever
    .help = Põe o cursor na resposta.
do-send = enviar
    .help = Envia o que foi escrito.
do-new-line = nova linha
    .help = Continua em outra linha.
do-pick-message = escolher mensagem
    .help = Com a resposta vazia, escolhe a última mensagem.
do-clear = apagar tudo
    .help = Apaga o que foi escrito; dá para desfazer.
do-undo = desfazer
    .help = Desfaz a última mudança.
do-redo = refazer
    .help = Refaz o que foi desfeito.
do-kill-line = apagar até o fim
    .help = Apaga até o fim da linha.
do-keep-writing = escrever um rascunho
    .help = Deixa escrever com a janela fechada; fica como rascunho.
do-why-closed = perguntar por que não dá para escrever
    .help = Diz por que a janela está fechada e o que a abre de novo.
do-go-to-chat = ir para uma conversa
    .help = Busca uma conversa por nome ou número.
do-commands = todas as ações
    .help = Busca uma ação pelo nome.
do-bind-key = atribuir uma tecla
    .help = Pede uma tecla para a ação escolhida e a escreve em keys.toml.
do-help = ajuda
    .help = Mostra as teclas que valem.
do-number-1 = só o número 1
    .help = Mostra só as conversas desse número.
do-number-2 = só o número 2
    .help = Mostra só as conversas desse número.
do-number-3 = só o número 3
    .help = Mostra só as conversas desse número.
do-number-4 = só o número 4
    .help = Mostra só as conversas desse número.
do-number-5 = só o número 5
    .help = Mostra só as conversas desse número.
do-number-6 = só o número 6
    .help = Mostra só as conversas desse número.
do-number-7 = só o número 7
    .help = Mostra só as conversas desse número.
do-number-8 = só o número 8
    .help = Mostra só as conversas desse número.
do-number-9 = só o número 9
    .help = Mostra só as conversas desse número.
do-all-numbers = todos os números
    .help = Mostra as conversas de todos os números.
do-statistics = estatísticas
    .help = Mensagens, entrega e primeiras respostas, por hora e por número.
do-stats-day = um dia
    .help = Números de um dia, por hora.
do-stats-week = uma semana
    .help = Números de uma semana, por dia.
do-stats-month = um mês
    .help = Números de um mês, por dia.
do-stats-earlier = antes
    .help = O período anterior.
do-stats-later = depois
    .help = O período seguinte.
do-stats-copy = copiar como CSV
    .help = Copia os números para uma planilha.
do-customer = ficha do cliente
    .help = Abre ou fecha a ficha do cliente.
do-next-pane = próximo painel
    .help = Passa as teclas ao próximo painel.
do-previous-pane = painel anterior
    .help = Passa as teclas ao painel anterior.
do-accept = aceitar
    .help = Faz o escolhido.
do-back = um passo atrás
    .help = Fecha, solta ou volta, um passo por vez.
do-toggle-list = lista sim ou não
    .help = Mostra ou esconde a lista de conversas.
do-list-narrower = lista mais estreita
    .help = Deixa a lista mais estreita.
do-list-wider = lista mais larga
    .help = Deixa a lista mais larga.
do-toggle-mouse = mouse sim ou não
    .help = Pega ou solta o mouse.
do-redraw = desenhar de novo
    .help = Desenha a tela de novo.
do-suspend = suspender
    .help = Deixa o programa em espera; o shell o traz de volta.
do-quit = sair
    .help = Fecha o console; o daemon continua enviando.

## Países por código

country-1 = Estados Unidos, Canadá ou Caribe
country-7 = Rússia ou Cazaquistão
country-20 = Egito
country-27 = África do Sul
country-30 = Grécia
country-31 = Países Baixos
country-32 = Bélgica
country-33 = França
country-34 = Espanha
country-36 = Hungria
country-39 = Itália
country-40 = Romênia
country-41 = Suíça
country-43 = Áustria
country-44 = Reino Unido
country-45 = Dinamarca
country-46 = Suécia
country-47 = Noruega
country-48 = Polônia
country-49 = Alemanha
country-51 = Peru
country-52 = México
country-53 = Cuba
country-54 = Argentina
country-55 = Brasil
country-56 = Chile
country-57 = Colômbia
country-58 = Venezuela
country-60 = Malásia
country-61 = Austrália
country-62 = Indonésia
country-63 = Filipinas
country-64 = Nova Zelândia
country-65 = Singapura
country-66 = Tailândia
country-81 = Japão
country-82 = Coreia do Sul
country-84 = Vietnã
country-86 = China
country-90 = Turquia
country-91 = Índia
country-92 = Paquistão
country-94 = Sri Lanka
country-98 = Irã
country-212 = Marrocos
country-213 = Argélia
country-216 = Tunísia
country-221 = Senegal
country-225 = Costa do Marfim
country-233 = Gana
country-234 = Nigéria
country-238 = Cabo Verde
country-240 = Guiné Equatorial
country-244 = Angola
country-254 = Quênia
country-258 = Moçambique
country-351 = Portugal
country-352 = Luxemburgo
country-353 = Irlanda
country-358 = Finlândia
country-376 = Andorra
country-380 = Ucrânia
country-420 = Tchéquia
country-501 = Belize
country-502 = Guatemala
country-503 = El Salvador
country-504 = Honduras
country-505 = Nicarágua
country-506 = Costa Rica
country-507 = Panamá
country-509 = Haiti
country-591 = Bolívia
country-592 = Guiana
country-593 = Equador
country-595 = Paraguai
country-597 = Suriname
country-598 = Uruguai
country-852 = Hong Kong
country-886 = Taiwan
country-961 = Líbano
country-966 = Arábia Saudita
country-971 = Emirados Árabes Unidos
country-972 = Israel

## A linha de comando

cli-id = id
cli-name = nome
cli-org = organização
cli-slug = chave
cli-label = rótulo
cli-number = número
cli-state = estado
cli-queued = esperando
cli-unread = não lidas
cli-when = quando
cli-who = quem
cli-text = texto
cli-chat = conversa
cli-customer = cliente
cli-window = janela
cli-last = última mensagem
cli-open = aberta
cli-closed = fechada
cli-them = cliente
cli-us = nós
cli-version = versão
cli-webhook = webhook
cli-last-delivery = última entrega
cli-never = nunca
cli-outbox = saída
cli-outbox-counts = { $queued } esperando, { $sending } a caminho, { $failed } com falha em 24 h
cli-database = banco de dados
cli-pending = pendente
cli-connected = conectado
cli-paused = em pausa
cli-error = erro
cli-no-orgs = Ainda não há organizações. Adicione uma: recado org add CHAVE --name NOME
cli-no-numbers = Ainda não há números. Adicione um: recado connect
cli-no-chats = Não há conversas.
cli-no-messages = Não há mensagens.
cli-stats-in = recebidas
cli-stats-out = enviadas
cli-stats-new = novos
cli-stats-delivered = entregues
cli-stats-read = lidas
cli-stats-failed = falhas
cli-stats-lost = janelas perdidas
cli-stats-p50 = resposta p50
cli-stats-p90 = resposta p90
cli-stats-total = Tudo
cli-stats-code = Falhou com { $code }
cli-stats-no-day = “{ $words }” não é um dia: escreva 2026-02-12, 12 fev, ontem ou 7d.
cli-no-hits = Nada encontrado.
cli-no-tokens = Ainda não há tokens. Crie um: recado token add NOME --org CHAVE
cli-no-number = Nenhum número se chama { $name }. Veja quais há: recado numbers
cli-no-org = Nenhuma organização se chama { $name }. Veja quais há: recado orgs
cli-no-chat = Não há conversa com { $name }. Veja quais há: recado chats
cli-org-added = { $slug } foi adicionada. Agora: recado connect --org { $slug }
cli-number-added = { $label } foi adicionado. Dê estes dois dados à Meta (WhatsApp › Configuração › Webhook); o token não aparece de novo:
    callback URL   { $url }
    verify token   { $token }
cli-number-paused = { $label } está em pausa: o que espera fica, as mensagens continuam entrando.
cli-number-resumed = { $label } voltou a enviar.
cli-number-set = { $label } foi alterado.
cli-number-removed = { $label } foi removido; suas mensagens ficam.
cli-confirm-remove = Remover { $label }? Suas mensagens ficam, mas nada mais entra nem sai. [s/N]
cli-confirm-with-yes = Isto precisa de um sim ({ $label }): acrescente --yes
cli-token-revoked = O token não vale mais nada.
cli-paste-secret = Cole e tecle Enter:
cli-empty-secret = O arquivo está vazio.
cli-cannot-read = Não dá para ler { $file }: { $why }
cli-offered = Oferecido { $name } ({ $size }) à conversa que está aberta no seu console.
cli-media = { $name }  { $size }  { $state }  { $why }
cli-file-exists = { $file } já existe e fica como está: escolha outro nome com -o
cli-cannot-write = Não é possível gravar { $file }: { $why }
cli-saved = Salvo { $file } ({ $size })
cli-file-from-where = Qual arquivo? Diga o nome ou passe assim: recado put < menu.pdf
cli-bad-param = --param recebe CHAVE=VALOR, não { $param }
cli-sent = { $id }  { $status }
cli-send-failed = Não foi enviada ({ $code } { $title }): { $advice }
cli-send-unknown = Ninguém sabe se a Meta a tem: a resposta se perdeu. Ela não é reenviada sozinha; o próximo aviso esclarece.
cli-still-waiting = Ainda não chegou a tanto; a mensagem { $id } segue sozinha.
problem-not-implemented = Ainda não está pronto.

cli-template-language = idioma
cli-template-category = categoria
cli-template-quality = qualidade
cli-template-why = motivo
cli-template-param = --param
cli-template-takes = o que leva
cli-template-example = exemplo
cli-no-templates = Não há modelos. Peça à Meta: recado templates --sync
cli-no-template = Nenhum modelo se chama { $name }. Lista: recado templates
cli-template-several = Há vários: { $list }. Diga qual com --language, --number ou o id.
cli-template-which-number = Diga para qual número com --number: há várias contas, ou nenhuma ainda.
cli-template-other-name = O arquivo é de outro modelo: o nome e o idioma de um modelo não mudam.
cli-template-not-synced = Conta { $account }: { $why }
cli-template-stands = { $name } ({ $language }): { $state } { $why }
cli-template-still-waiting = A Meta ainda não decidiu; o recado fica sabendo sozinho. Veja mais tarde: recado templates
cli-template-confirm-delete = Apagar { $label } na Meta? Um nome aprovado não pode ser usado de novo por 30 dias. [s/N]
cli-template-deleted = { $label } foi apagado na Meta.
cli-no-replies = Ainda não há respostas salvas. Salve uma: recado reply add NOME --text PALAVRAS
cli-no-reply = Nenhuma resposta se chama { $name }. Lista: recado reply list
cli-reply-kept = /{ $name } está salva.
cli-reply-removed = /{ $name } foi removida.
cli-replies-imported = { $n } respostas estão salvas.
cli-replies-without-files =
    { $n ->
        [one] Os arquivos de uma resposta não estão neste texto
       *[other] Os arquivos de { $n } respostas não estão neste texto
    }: com --files PASTA eles vão junto.
cli-replies-exported = { $file } tem { $n } respostas, e os arquivos ficam ao lado.
problem-template-not-ready = O modelo não pode ser enviado agora.
problem-meta-refused = A Meta diz que não.
problem-meta-unreachable = A Meta não responde.

## Codes explained

cli-explain-way = Onde
cli-explain-steps = Passos
cli-explain-unknown = Não se conhece o código { $code }. recado explain mostra todos os conhecidos; a Meta explica os códigos dela em developers.facebook.com.
cli-code = Código
cli-means = Significado

## Direitos

forbidden-know = Seu papel não permite perguntar como está o recado.
forbidden-read = Seu papel não permite ler mensagens aqui.
forbidden-send = Seu papel permite ler, mas não escrever a clientes; um proprietário ou administrador pode mudar isso.
forbidden-keep = Seu papel permite ler, mas não mudar nada; um proprietário ou administrador pode mudar isso.
forbidden-reply = Seu papel não permite mudar as respostas salvas; peça a um proprietário ou administrador.
forbidden-template = Os modelos são mudados por proprietários e administradores.
forbidden-number = Os números são mudados por proprietários e administradores.
forbidden-token = Os tokens ficam com proprietários e administradores.
forbidden-operator = Quem pode entrar é decidido por proprietários e administradores.
forbidden-org = Só um proprietário pode mudar a organização.
forbidden-audit = O registro de auditoria é para proprietários e auditores.
forbidden-machine = Isso cabe a quem administra a máquina: root ou o usuário com que o recadod roda.
forbidden-machine-here = Não nesta conta compartilhada: mexeria em arquivos ou programas do servidor. Os arquivos chegam com “ssh … recado put < arquivo”.

cli-org-renamed = Agora se chama { $name }.
cli-org-removed = { $name } foi removida; o que ela escreveu continua no disco.
cli-confirm-remove-org = Remover { $label }? Seus operadores e tokens não abrirão mais nada ali. [s/N]
cli-operator-added = { $name } já pode entrar.
cli-operator-removed = { $name } não pode mais entrar; os consoles abertos foram fechados.
cli-confirm-remove-operator = Tirar o acesso de { $label }? Os consoles abertos fecham na hora. [s/N]
cli-role-given = O papel de { $name } agora é { $role }.
cli-roles = papéis
cli-role = papel
cli-comes-by = entra com
cli-until = até
cli-no-operators = Ainda não há operadores. Adicione um: recado operator add NOME --org SLUG --role agent
cli-no-operator = Nenhum operador se chama { $name }. Veja todos com: recado operator list
cli-key-added = { $name } pode entrar com mais uma chave.
cli-key-revoked = Essa chave de { $name } não abre mais nada.
cli-key-written = A linha está em authorized_keys: ssh { $account }@… abre o console.
cli-key-not-written = { $file } não pôde ser escrito ({ $why }). Acrescente esta linha; ela não será mostrada de novo:
cli-line-stays = A linha dela continua em { $file } ({ $why }); não abre mais nada.
cli-which-key = Diga qual chave de { $name }: recado operator list mostra todas.
cli-deed = ação
cli-what = sobre o quê
cli-no-audit = Nada foi feito ainda.
cli-audit-whole = { $n } registros, nenhum mudado, nenhum faltando. Último hash:
cli-audit-missing = Falta o registro { $n }: alguém o tirou.
cli-audit-changed = O registro { $n } foi mudado depois de escrito.

## The key of the credentials

cli-key-own = este daemon
cli-confirm-rotate = Pôr uma chave nova no lugar da atual? Os backups feitos até hoje só se abrem com a atual ({ $label }): guarde antes uma cópia. [s/N]
cli-key-rotated =
    { $n ->
        [one] Uma credencial foi selada
       *[other] { $n } credenciais foram seladas
    } com a chave nova { $public }, que está em { $path }.
    Guarde uma cópia em lugar seguro. Os backups anteriores só se abrem com a chave antiga ({ $before }): guarde a sua cópia dela junto com eles.
cli-recipients-changed =
    { $n ->
        [one] Uma credencial foi selada
       *[other] { $n } credenciais foram seladas
    } de novo. recado key list mostra quem pode abri-las.
cli-key-unreadable =
    { $n ->
        [one] Uma credencial não se abre
       *[other] { $n } credenciais não se abrem
    } com nenhuma chave, como antes: informe-as de novo com recado number set.
cli-no-recipient = Ninguém com o nome ou a chave { $name } pode abrir as credenciais. Veja quem pode: recado key list
