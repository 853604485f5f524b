# Las palabras de la interfaz, en español.

## Days, months, durations

day-today = Hoy
day-yesterday = Ayer
day-rule = { $weekday } { $day } de { $month }
day-rule-year = { $weekday } { $day } de { $month } de { $year }
weekday-1 = Lunes
weekday-2 = Martes
weekday-3 = Miércoles
weekday-4 = Jueves
weekday-5 = Viernes
weekday-6 = Sábado
weekday-7 = Domingo
weekday-short-1 = lun
weekday-short-2 = mar
weekday-short-3 = mié
weekday-short-4 = jue
weekday-short-5 = vie
weekday-short-6 = sáb
weekday-short-7 = dom
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
month-short-1 = ene
month-short-2 = feb
month-short-3 = mar
month-short-4 = abr
month-short-5 = may
month-short-6 = jun
month-short-7 = jul
month-short-8 = ago
month-short-9 = sep
month-short-10 = oct
month-short-11 = nov
month-short-12 = dic
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
        [one] { $n } día
       *[other] { $n } días
    }

## The bar

bar-all = todos
bar-ok = ok
bar-daemon-ok = daemon ok
bar-connecting = conectando
bar-lost = sin daemon { $span }
bar-retry-in = reintento en { $span }
bar-retrying = reintentando
bar-reading-only = solo lectura
bar-webhook-now = webhook ahora
bar-webhook-ago = webhook hace { $span }
bar-webhook-never = webhook nunca
bar-queued =
    { $n ->
        [one] { $n } por enviar
       *[other] { $n } por enviar
    }
number-broken = con error
number-pending = por probar
number-paused = en pausa
number-webhook = webhook
number-blocked = bloqueado
number-token = token por vencer
number-limited = limitado
number-quality = baja calidad
number-name = nombre rechazado
too-small =
    { $n ->
        [one] { $n } sin leer. Agranda la ventana.
       *[other] { $n } sin leer. Agranda la ventana.
    }

## The chat list

chats-title = Chats
chats-counts = abiertos { $open }  esperan { $waiting }
chats-draft = borrador:
chats-silent = sin mensajes
chats-loading = Cargando…
chats-none-yet = Los chats aparecen cuando el daemon responda.
chats-empty = Todavía no hay chats. El primero aparece cuando alguien escriba a tu número.
chats-empty-number = Este número no tiene chats abiertos.
chats-no-number = Todavía no hay ningún número. Agrégalo con: recado connect
view-all = todos
view-unread = sin leer
view-waiting = esperan
view-closing = por cerrar
view-archived = archivados
view-snoozed = pospuestos
view-unread-empty = No hay nada sin leer.
view-waiting-empty = Nadie espera respuesta.
view-closing-empty = No hay ninguna ventana abierta.
view-archived-empty = No hay nada archivado.
view-snoozed-empty = No hay ningún chat pospuesto.
chats-archived = archivados { $n }
chats-found-none = Ningún chat coincide con «{ $letters }».
chats-way-back = { $key } muestra todos otra vez

## What messages are

kind-text = texto
kind-image = foto
kind-video = video
kind-audio = audio
kind-voice = nota de voz
kind-document = documento
kind-sticker = sticker
kind-location = ubicación
kind-contacts = contacto
kind-reaction = reacción
kind-button = botón
kind-interactive = opciones
kind-order = pedido
kind-system = aviso
kind-template = plantilla
kind-unsupported = no compatible
you = Tú
from-phone = desde el teléfono
from-history = historial
note-forwarded = reenviado
note-forwarded-often = reenviado muchas veces
note-edited = editado
note-standby = atendido por otra app
note-revoked = El cliente eliminó este mensaje.
note-empty = (sin texto)
quote-unknown = un mensaje que no está aquí
media-failed = No se pudo descargar.
media-expired = Ya no está disponible.
card-animated = animado
card-reacted = Reaccionó con { $emoji } a un mensaje que no está aquí
card-unreacted = Quitó su reacción
card-tapped = tocó
card-chose = eligió
card-form = Formulario respondido
card-items =
    { $n ->
        [one] { $n } producto
       *[other] { $n } productos
    }
card-total = Total { $sum }
card-more = y { $n } más
card-from-ad = Vino por un anuncio: { $title }
system-number = Cambió de número. Los mensajes siguen aquí.
system-user-id = Cambió de cuenta de WhatsApp. Los mensajes siguen aquí.
system-identity = Puede que cambiara de teléfono: confirma con quién hablas.
system-other = WhatsApp avisó de un cambio.
unsupported-here = WhatsApp no entrega este tipo de mensaje aquí. Míralo en el teléfono o pide que lo envíen de otra forma.
unsupported-device = Se envió desde un dispositivo que WhatsApp no admite aquí. Pide que lo reenvíen desde su teléfono.

media-open = abrir
media-save = guardar
media-play = reproducir
media-stop = detener
media-pending = Se está descargando.
media-moving = En camino.
media-fetch = { $key } lo descarga.
media-error-too-large-to-fetch = Es grande y no se descarga solo.
media-error-on-request = Los archivos se descargan cuando los pides.
media-error-expired-at-meta = WhatsApp guarda los archivos una semana y este era más viejo. Pide que lo envíen otra vez.
media-error-gone-at-meta = WhatsApp ya no lo tiene. Pide que lo envíen otra vez.
media-error-wrong-hash = Llegó dañado.
media-error-refused = WhatsApp no quiso entregarlo.
media-error-unreachable = No se pudo llegar a WhatsApp.
media-error-disk-full = El disco del servidor está lleno.
media-error-removed-by-keep = Se quitó de aquí para hacer espacio, como dicen los ajustes.
media-error-number-not-ready = El número al que llegó no está conectado.
picture-too-large = Demasiado grande para mostrarla aquí.
picture-broken = No se puede mostrar: la imagen está dañada o es de otro tipo.
picture-slow = Tardó demasiado en mostrarse.
picture-gone = No se pudo obtener su archivo.
## Delivery, as it is spoken

tick-waiting = en espera
tick-sent = enviado
tick-delivered = entregado
tick-read = leído
tick-failed = falló
tick-unknown = sin confirmar

## Why a message failed, and what to do

fail-other = { $title } (código { $code } de Meta)
fail-retold = { $means } { $do } (código { $code })
fail-no-reason = No se envió.
fail-later-do = Puede funcionar si lo envías otra vez.
fail-never-do = Enviarlo otra vez no ayuda; los detalles dicen más.
fail-unknown = No se sabe si llegó a WhatsApp.
fail-unknown-do = Si llegó, un aviso posterior lo confirmará aquí.
fail-again = enviar otra vez

## The conversation

talk-new =
    { $n ->
        [one] { $n } nuevo
       *[other] { $n } nuevos
    }
talk-empty = Todavía no hay mensajes.
talk-loading = Cargando…
talk-unknown = Los mensajes aparecen cuando el daemon responda.
talk-none = Elige un chat, o búscalo con { $key }
talk-none-plain = Elige un chat

## The box, and the window of 24 hours

compose = responder
compose-as = responder como { $name }
compose-empty = Escribe un mensaje
compose-normal = normal
compose-visual = eligiendo
offer-take = lo pone   ↑ ↓ otro
compose-begin = { $key } para escribir
compose-offline = Sin conexión: lo que envíes queda como borrador.
compose-closed = Ventana cerrada: esto queda como borrador.
compose-paused = El número está en pausa: queda como borrador hasta que lo reanudes.
compose-broken = El número tiene un error y ahora no envía.
window-left = ventana { $span }
window-closed = cerrada
window-closed-ago = ventana cerrada hace { $span }
window-never = ventana cerrada
window-closed-why = Ahora no se entregan mensajes libres: el cliente escribió por última vez el { $moment }. Solo una plantilla aprobada puede reabrir la conversación.
window-never-why = Ahora no se entregan mensajes libres: el cliente todavía no escribió a este número. Solo una plantilla aprobada puede empezar la conversación.
window-choose-template = elegir una plantilla
window-keep-writing = escribir un borrador
window-why = por qué

## The customer panel

panel-title = Cliente
panel-profile = Perfil
panel-username = Usuario
panel-via = Por
panel-assignee = Atiende
panel-pinned = Fijado arriba
panel-muted = Silenciado
panel-snoozed = Pospuesto hasta
panel-back = ya volvió
panel-labels = Etiquetas
panel-window = Ventana
panel-open-until = abierta hasta { $moment }
panel-free-form = se puede escribir libremente
panel-template-only = solo plantillas aprobadas
panel-there = { $town }  allá { $time }
panel-user-id = Id de WhatsApp
panel-since = Desde
panel-messages = Mensajes
panel-in-out = recibidos { $in }  enviados { $out }
panel-template = Última plantilla
panel-opted-out = No quiere publicidad desde el { $day }
panel-notes = Notas
panel-files = Archivos
panel-photos = fotos { $n }
panel-videos = videos { $n }
panel-audio = audios { $n }
panel-docs = documentos { $n }
panel-stickers = stickers { $n }
notes-title = Notas sobre { $name }
notes-new = Nota nueva
labels-title = Etiquetas de { $name }
labels-new = Escribe para buscar una etiqueta o crear otra
labels-none = Aún no hay etiquetas.
labels-add = Etiqueta nueva: { $label }
ask-name = Nuestro nombre para el cliente
ask-name-help = Vacío: el nombre que usa en WhatsApp.
panel-also = También en

## What lies over the panes

switcher-title = Ir a
switcher-empty = Ningún chat coincide.
palette-title = Hacer
palette-empty = Ninguna acción coincide.
help-title = Ayuda
switcher-new-number = Enter empieza un chat con ese número.
forward-title = Reenviar a
react-title = Reaccionar
react-empty = Ningún emoji se llama así.
react-take-off = quitar
links-title = Abrir un enlace
part-title = Copiar una parte
part-help = ← → palabra   v desde aquí   y copiar
newchat-title = Chat nuevo
newchat-through = por { $name }
newchat-template = Enter abre el chat si lo hay. A quien no ha escrito en las últimas 24 horas solo se le puede enviar una plantilla aprobada.
newchat-searching = Buscando el chat…
newchat-nobody = Aún no hay ningún chat con este número. Solo una plantilla aprobada puede empezarlo: recado send { $to } --template NOMBRE
newchat-offline = El servicio no responde; inténtalo cuando vuelva.
phone-country-first = Empieza con + y el código del país, como +51 987 654 321.
phone-bad-character = En un número solo van cifras, espacios y guiones.
phone-unknown-country = Ningún país tiene ese código.
phone-too-short = Faltan cifras.
phone-too-long = Sobran cifras.
help-list = lista
help-talk = conversación
help-text = escribir
help-find = / buscar   Tab otros paneles
confirm-open = ¿Abrir { $address }?
help-number = solo ese número
help-note = Las teclas se cambian en keys.toml; aquí está lo que vale ahora.
section-move = Moverse
section-message = Mensaje
section-chat = Chat
section-write = Escribir
section-anywhere = En todas partes
details-title = Detalles
details-kind = Tipo
details-time = Fecha
details-by = Escrito por
details-status = Estado
details-why = Por qué
details-do = Qué hacer
details-way = Dónde
details-meta = Meta dice
details-id = Id
details-wamid = Id de WhatsApp
search-title = Buscar
search-here = aquí
search-everywhere = en todo
search-operators = from: to: label: #número has:image|file|link before: after: on: is:unread|failed
search-asked = Buscando…
search-further = Nada todavía, sigo buscando más atrás…
search-none = No se encontró nada.
search-none-here = Aquí no hay nada. Tab busca en todo.
search-offline = Para buscar hace falta el daemon: prueba cuando vuelva.
search-count = { $at } de { $count }   en { $ms } ms
search-you-to = Tú a { $name }
search-at = hallazgo { $at } de { $count }
ask-day = Ir a un día
ask-save = Guardar como
ask-save-help = Una ruta de este equipo; no se sobrescribe nada.
ask-save-taken = Ese nombre ya existe. Este está libre.
ask-save-failed = No se guardó: { $why }
ask-day-help = ayer, lunes, 12 feb, 2026-02-12
ask-day-unknown = «{ $text }» no es un día. Prueba: 12 feb
attach-title = Adjuntar, para { $name }
attach-choose = Elegir un archivo
attach-chosen =
    { $n ->
        [one] 1 elegido  { $size }
       *[other] { $n } elegidos  { $size }
    }
attach-empty = No hay nada aquí.
attach-unlisted = No se puede leer la carpeta: { $why }
attach-unreadable = No se puede leer { $name }: { $why }
attach-looking = Mirándolo…
attach-goes-as = Va como { $kind }
attach-caption = Texto
attach-caption-long = El texto tiene { $count } caracteres; WhatsApp acepta { $most }.
attach-no-caption = WhatsApp no muestra texto con { $name }: quítalo, o envía las palabras aparte.
attach-recent = reciente
attach-clipboard = Hay una imagen en el portapapeles: Alt-V la toma.
attach-instead = { $key } lo envía como documento.
attach-convert = Conviértelo: { $command }
attach-uploading = { $part }% al daemon
confirm-offered = Otra terminal entrega { $name }. ¿Enviarlo a { $who }?
unfit-empty = El archivo está vacío.
unfit-too-large =
    WhatsApp acepta hasta { $limit } como { $kind ->
        [image] foto
        [video] video
        [audio] audio
        [voice] nota de voz
        [sticker] sticker
       *[document] documento
    }; este tiene { $size }.
unfit-format =
    Como { $kind ->
        [image] foto
        [video] video
        [audio] audio
        [voice] nota de voz
        [sticker] sticker
       *[document] documento
    } WhatsApp acepta { $wants }; este es { $found }.
unfit-depth = Las imágenes llevan 8 bits por canal; esta es { $found }.
unfit-colours = Sus colores son para imprenta; WhatsApp quiere RGB. Es { $found }.
unfit-dimensions = Los stickers miden 512×512; este es { $found }.
unfit-video-codec = Los videos van en { $wants }; este es { $found }.
unfit-sound-codec = El sonido debe ser { $wants }; este es { $found }.
unfit-sound-tracks = Un video lleva una pista de sonido; este es { $found }.
unfit-channels = Las notas de voz son mono; esta es { $found }.
unfit-damaged = El archivo está dañado: { $found }.
unfit-other = WhatsApp no acepta este archivo.
unfit-instead =
    Envíalo como { $kind ->
        [image] foto
        [video] video
        [audio] audio
        [voice] nota de voz
        [sticker] sticker
       *[document] documento
    } (--kind { $kind }).
template-title = Plantilla, para { $name }
template-ready =
    { $n ->
        [one] 1 aprobada
       *[other] { $n } aprobadas
    }
template-syncing = preguntando a Meta…
template-none = Aún no hay plantillas. Alt-S las pide a Meta; recado template create crea una.
template-none-fits = Ninguna plantilla coincide.
template-used = Usada con este cliente
template-window-open = La ventana está abierta: también puedes escribir libremente.
template-window-closed = La ventana está cerrada: solo llega una plantilla.
template-card = Tarjeta { $n }
template-media-missing = [{ $kind }: elige]
template-charged = se cobra
template-free = gratis mientras la ventana está abierta
template-copy-code = Copiar código
template-limit = límite: { $most } clientes en 24 h
template-no-limit = sin límite
template-marketing = marketing
template-utility = utilidad
template-authentication = código
template-other = otra
template-approved = aprobada
template-pending = en revisión
template-rejected = rechazada
template-paused = en pausa
template-gone = no disponible
replies-title = Respuestas guardadas
replies-none = Aún no hay. Alt-N escribe la primera.
replies-files =
    { $n ->
        [one] 1 archivo
       *[other] { $n } archivos
    }
reply-name-head = Nombre: lo que se escribe en la caja para hallarla
reply-text-head = Texto
reply-variables = {"{{"}customer.name{"}}"}  {"{{"}operator{"}}"}  {"{{"}number{"}}"}
reply-name = Un nombre lleva minúsculas, cifras, - y _, 32 como máximo.
reply-empty = Escribe algo, o adjunta un archivo.
reply-variable = No existe { $name }.
choices-body = Texto
choices-button-n = Botón { $n }
choices-button = Botón
choices-row = Fila { $n }
choices-description =   debajo
choices-url = Dirección
choices-footer = Pie
choices-send-place = Enviar ubicación
wrong-empty = { $field } está vacío.
wrong-too-long = { $field }: { $found } caracteres, y WhatsApp acepta { $most }.
wrong-too-few = { $field }: al menos { $most }.
wrong-too-many = { $field }: como máximo { $most }.
wrong-line-break = { $field }: una sola línea, sin tabuladores.
wrong-spaces = { $field }: como máximo cuatro espacios seguidos.
wrong-file = { $field }: elige un archivo (Ctrl-O) o da un enlace https://.
wrong-place = { $field }: latitud, longitud, nombre, dirección.
wrong-time = { $field }: un momento como 2026-12-24T18:00:00-05:00.
wrong-address = { $field }: una dirección que empiece por https://.
wrong-twice = { $field }: otro tiene las mismas palabras.
wrong-phone = { $field }: un teléfono con + y país.
wrong-json = { $field }: un objeto JSON.
wrong-name = { $field }: solo minúsculas, cifras y _.
wrong-language = { $field }: un idioma como lo escribe WhatsApp: es, es_MX, pt_BR, en_US.
wrong-one-of = { $field }: uno de estos: { $list }.
wrong-unknown = No hay { $field } que llenar; hay: { $list }.
wrong-misplaced = { $field } no va ahí.
wrong-variable-edge = { $field }: palabras antes y después de las variables; ninguna al principio ni al final.
wrong-variables-adjacent = { $field }: una palabra entre dos variables.
wrong-variables-order = { $field }: las variables se numeran desde 1, sin huecos.
wrong-variables-mixed = { $field }: todas las variables con número o todas con nombre.
wrong-variables-many = { $field }: { $most } variables entre { $found } palabras son demasiadas para Meta.
wrong-variable-forbidden = { $field }: ahí no puede ir ninguna variable.
wrong-variable-end = { $field }: una sola variable, y al final.
wrong-example = { $field }: Meta quiere un ejemplo para { $list }.
wrong-markup = { $field }: sin *, _, ~, `, emojis ni saltos de línea.
wrong-scattered = { $field }: las respuestas rápidas van juntas, antes o después de los demás botones.
confirm-title = ¿Seguro?
confirm-yes = sí
confirm-no = no
confirm-open-file = ¿Abrir { $name } ({ $size })? Viene de otra persona: abre solo lo que esperas.
confirm-retry = ¿Enviar otra vez «{ $text }»?
confirm-retry-unknown = No se sabe si «{ $text }» llegó. Si llegó, el cliente lo verá dos veces. ¿Enviarlo otra vez?
confirm-remove-reply = ¿Borrar la respuesta guardada /{ $name }? La pierden todos los operadores.
confirm-leave-unsaved = El servicio no responde. Lo escrito se guarda en esta máquina y vuelve al empezar de nuevo. ¿Salir?
confirm-leave-files = { $n ->
    [one] Un archivo todavía va en camino y no se enviará si sales ahora. ¿Salir?
   *[other] { $n } archivos todavía van en camino y no se enviarán si sales ahora. ¿Salir?
}

## Short notices

toast-again-to-quit = Otra vez para salir
toast-cannot-quote = Ese mensaje no se puede citar.
toast-cleared = Borrado. ^_ lo trae de vuelta
toast-copied-osc52 = Copiado por el terminal (OSC 52)
toast-copy-too-large = Demasiado largo para copiarlo por el terminal.
toast-cannot-react = No se puede reaccionar a ese mensaje.
toast-copied-program =
    { $program ->
        [tmux] Copiado en tmux, que se lo pasa a la terminal si puede
       *[other] Copiado con { $program }
    }
toast-drafts-restored =
    { $n ->
        [one] Un borrador de la última vez ha vuelto a su sitio.
       *[other] { $n } borradores de la última vez han vuelto a su sitio.
    }
toast-editor-failed = El editor: { $why }
toast-forward-words-only = De momento solo se reenvían palabras.
toast-forwarded = El texto está en la respuesta: Enter lo envía.
toast-no-clipboard = Aquí no se puede leer el portapapeles: pega con la tecla de la terminal.
toast-no-number = Aún no hay número desde el que escribir.
toast-no-words = No hay palabras que copiar.
toast-react-closed = La ventana está cerrada: una reacción no llegaría.
toast-react-offline = Sin conexión: la reacción tendrá que esperar.
toast-reacted = Reacción { $emoji } enviada. Si la eliges otra vez, se quita.
toast-unreacted = Reacción quitada.
toast-daemon-back = El daemon volvió. Todo al día.
toast-draft-not-kept = El borrador no se guardó: { $detail }
toast-theme-broken = El tema no se usa: { $why }
toast-key-conflict = Línea { $line } de keys.toml: { $keys } tapa a { $hidden }.
toast-kept-as-draft = Sin conexión: queda como borrador.
toast-message-gone = Ese mensaje ya no está.
toast-no-file = Este mensaje no tiene archivo.
toast-no-picture = Este mensaje no tiene una imagen que se pueda mostrar aquí.
toast-no-sound = Este mensaje no tiene nada que reproducir.
toast-no-player = No hay reproductor ([media] player en console.toml). Se puede guardar.
toast-no-desktop = Este equipo no tiene escritorio. { $key } lo guarda aquí; «recado --host ssh://…» en tu propio equipo lo abre allí.
toast-not-played = No se reprodujo: { $why }
toast-saved = Guardado: { $path }
toast-file-here = El archivo ya está aquí.
toast-file-coming = El archivo está en camino.
toast-file-waits = El archivo no se ha descargado. { $key } lo descarga.
toast-file-failed = No se pudo descargar el archivo. { $key } lo intenta otra vez.
toast-file-expired = El archivo ya no está disponible.
toast-no-chat = Abre un chat primero.
toast-offered-no-chat = Se entregó un archivo (recado put), pero aquí no hay ningún chat abierto.
toast-file-not-sent = El daemon no responde: el archivo no se envió. Al adjuntar otra vez ya estará elegido.
toast-template-status = { $name } no se puede enviar: { $status }.
toast-template-offline = El daemon no responde. Lo que llenaste se queda aquí.
toast-template-not-sent = El daemon no responde: no se envió. La plantilla sigue ahí con Ctrl-T.
toast-synced = Meta tiene { $n } plantillas.
toast-reply-kept = Respuestas guardadas al día.
toast-no-link = Este mensaje no tiene enlaces.
toast-not-loaded = Ese mensaje todavía no está cargado.
toast-not-opened = No se abrió: { $why }
toast-not-sent = No se envió: { $detail }
toast-nothing-to-retry = Solo se reenvían los mensajes que fallaron.
toast-notice = { $sentence }
toast-opened = Abierto: { $address }
toast-problem = { $detail }
toast-quoted-gone = El mensaje citado no está aquí.
toast-no-way = Por ahí no hay a dónde ir.
toast-nothing-to-take-back = No hay nada que deshacer.
toast-taken-back = Deshecho.
done-archived = { $name }: archivado. { $key } lo deshace
done-unarchived = { $name }: abierto otra vez. { $key } lo deshace
done-pinned = { $name }: fijado arriba. { $key } lo deshace
done-unpinned = { $name }: ya no está fijado. { $key } lo deshace
done-muted = { $name }: silenciado. { $key } lo deshace
done-unmuted = { $name }: suena otra vez. { $key } lo deshace
done-snoozed = { $name }: pospuesto hasta { $moment }. { $key } lo deshace
done-unsnoozed = { $name }: otra vez en la lista. { $key } lo deshace
toast-back = Vuelve { $name }: pospusiste este chat hasta ahora
snooze-title = Posponer hasta
snooze-tonight = Esta noche
snooze-tomorrow = Mañana por la mañana
snooze-monday = El lunes
snooze-never = Ya no: vuelve ahora
snooze-unknown = Eso no es un momento por venir.
snooze-help = O escribe: 15:30   2h   mañana 10   12 feb 9:00
bind-title = Asignar una tecla
bind-press = Pulsa la tecla, o hasta tres seguidas.
bind-free = Esa tecla está libre.
bind-taken = { $keys } es ahora «{ $deed }»
bind-longer = { $keys } «{ $deed }» quedaría fuera de alcance
bind-shorter = { $keys } «{ $deed }» va antes: estas no se alcanzarían
bind-kept = { $place } { $keys } sigue siendo «{ $deed }»
done-bound = { $keys } hace desde ahora «{ $deed }»; queda en keys.toml
toast-not-bound = No se asignó la tecla: { $why }
context-anywhere = en cualquier parte
context-list = en la lista de chats
context-conversation = en la conversación
context-text = al escribir
context-overlay = en listas y preguntas
confirm-why-closed = WhatsApp deja escribir libremente durante 24 horas después del último mensaje del cliente; más tarde hace falta una plantilla aprobada. Este cliente escribió por última vez el { $moment }; en cuanto vuelva a escribir, la ventana se abre sola. Meta rechaza todo lo demás con el error 131047, por eso recado no lo envía. ¿Elegir una plantilla ahora?
confirm-why-never = Este cliente todavía no escribió a este número. WhatsApp solo deja empezar una conversación con una plantilla aprobada; cuando el cliente conteste, empiezan 24 horas para escribir libremente. ¿Elegir una plantilla ahora?
toast-window-open = La ventana está abierta: puedes escribir libremente.
confirm-read-all = ¿Marcar { $n } chats como leídos? Los clientes no ven nada.
confirm-read-all-of = ¿Marcar { $n } chats de #{ $place } como leídos? Los clientes no ven nada.
read-all-offline = El daemon no responde: prueba cuando vuelva.
read-all-none = No hay nada sin leer.
done-read-all = { $n } chats leídos. { $key } lo deshace
do-read-all-of = marcar todos los chats de #{ $place } como leídos
done-read = { $name }: leído. { $key } lo deshace
done-unread = { $name }: sin leer. { $key } lo deshace
toast-no-more-hits = Por ahí no hay más hallazgos.
toast-no-search = Busca primero; después se recorre lo hallado.
toast-no-unread-there = Por ahí no hay nada sin leer.
done-note-gone = La nota ya no está. { $key } la devuelve
done-opted-out = { $name }: sin publicidad desde ahora. { $key } lo deshace
done-opted-in = { $name }: puede recibir publicidad otra vez. { $key } lo deshace
toast-too-long = Demasiado largo: { $count } de { $most } caracteres.
toast-window-closed = La ventana está cerrada: queda como borrador.

## Problems that the daemon tells, by code

problem-outside-window = La ventana de 24 horas está cerrada: solo puede salir una plantilla.
problem-too-long = Es más largo de lo que WhatsApp permite.
problem-number-not-ready = El número está en pausa o tiene un error.
problem-forbidden = No tienes permiso para eso.
problem-unauthorized = El daemon no sabe quién eres.
problem-not-found = Eso ya no existe.
problem-busy = El daemon está ocupado: inténtalo otra vez.
problem-opted-out = El cliente no quiere publicidad.
problem-would-mark-read = También le daría al cliente los tics azules.
problem-storage-full = El disco del servidor está lleno: no se guardó nada.
problem-clock-wrong = El reloj del servidor está mal: ponlo en hora (timedatectl set-ntp true). Mientras tanto las ventanas se cuentan con la hora de Meta.
problem-clock-ok = El reloj del servidor vuelve a estar bien.
problem-internal = Algo falló dentro de recado; el registro del daemon dice más.
problem-unreachable = El daemon no responde.

## For the ear

plain-head = { $name }, número { $number }, { $window }
plain-window = ventana abierta { $span }
plain-unread =
    { $n ->
        [one] { $n } sin leer
       *[other] { $n } sin leer
    }
plain-snoozed = pospuesto hasta { $moment }
plain-back = de vuelta desde { $moment }
plain-foot =
    { $n ->
        [one] { $n } chat sin leer. Pulsa { $key } para ver la ayuda.
       *[other] { $n } chats sin leer. Pulsa { $key } para ver la ayuda.
    }
plain-quoted = responde a: { $words }
plain-reaction = Reacción: { $emoji }
plain-status = { $status }: { $words }

## Being told

notice-from = { $name }, { $number }
notice-new = Mensaje nuevo
notice-many =
    { $n ->
        [one] { $n } mensaje nuevo
       *[other] { $n } mensajes nuevos
    }

## Statistics

stats-title = Estadísticas
stats-all = todos los números
stats-day = día
stats-week = semana
stats-month = mes
stats-by-hour = Mensajes por hora
stats-by-day = Mensajes por día
stats-in = entran
stats-out = salen
stats-new = clientes nuevos
stats-answer = respuesta típica
stats-answer-most = respuesta lenta
stats-conversations = conversaciones
stats-lost = ventanas perdidas
stats-delivery = Entrega
stats-by-number = Por número
stats-none = El daemon no tiene cifras que mostrar.
stats-loading = Contando…
stats-step = { $step }: { $in } entran, { $out } salen

## What a terminal lacks

doctor-ok = bien
doctor-missing = falta
doctor-unknown = no se sabe
doctor-add = Añade a { $file }:
doctor-term = terminal
doctor-term-do = Abre ahí recado con --plain, o pon en TERM lo que el terminal es.
doctor-utf8 = letras
doctor-utf8-do = El idioma del sistema no es UTF-8, o es uno en que muchas marcas ocupan dos celdas: recado dibuja con marcas ASCII.
doctor-colours = colores
doctor-colours-do = Sin colores los estados se distinguen por el trazo y las palabras.
doctor-copy = copiar (OSC 52)
doctor-copy-do = Nadie dice si este terminal acepta lo que recado copia. Si no: Alt-m, y selecciona con el ratón.
doctor-keys = teclas que se distinguen
doctor-keys-do = Aquí Shift-Enter no se distingue de Enter: Alt-Enter y Ctrl-J hacen líneas nuevas.
doctor-mosh = mosh
doctor-mosh-do = mosh no lleva imágenes, y copia solo desde la versión 1.4; ssh hace ambas cosas.
doctor-tmux-passthrough = tmux: imágenes y avisos
doctor-tmux-passthrough-do = tmux se queda con lo que es para el terminal de detrás.
doctor-tmux-clipboard = tmux: copiar
doctor-tmux-clipboard-do = tmux tira lo que recado copia, sin decir nada.
doctor-tmux-focus = tmux: foco
doctor-tmux-focus-do = recado no puede saber si lo miras, y marca chats como leídos solo por tus teclas.
doctor-tmux-keys = tmux: teclas
doctor-tmux-keys-do = Shift-Enter no llega: Alt-Enter y Ctrl-J sí.

## What the doctor finds, by check and code

check-title = Número { $number }: revisión
check-way = El camino de un mensaje
check-rest = El número y esta máquina
check-verdict-ok = bien
check-verdict-warning = mirar
check-verdict-failed = mal
check-verdict-skipped = omitido
check-all-ok = Todo está bien.
check-why = Haz
check-run = Ejecuta
check-page = Página
check-metas-advice = Meta dice: { $advice }
check-name = nombre
check-port = puerto
check-certificate = certificado
check-reach = este demonio
check-handshake = saludo
check-delivery = entrega firmada
check-callback = webhook de la app
check-subscription = suscripción
check-override = desvío
check-last-delivery = última entrega
check-token = token
check-permissions = permisos
check-number = número
check-payment = pago
check-policy = políticas
check-clock = reloj
check-disk = disco
check-database = base de datos
check-after = no se miró: primero hay que arreglar { $hop }
check-refused = Meta no respondió a la pregunta (código { $error }: { $why })
check-unreached = no se pudo preguntar a Meta: { $why }
check-unreached-do = Revisa la salida a internet de esta máquina y vuelve a ejecutar el doctor.
check-unknown = no se pudo averiguar: { $why }
check-name-ok = { $host } es { $addresses }
check-name-local = { $host } es esta misma máquina; solo la llaman programas de aquí
check-name-no-url = webhook.public_url está vacío: nadie sabe adónde debe llamar Meta
check-name-no-url-do = Pon webhook.public_url = "https://…" en recado.toml, con el nombre que apunta a esta máquina; vale en cuanto se guarda el archivo.
check-name-bad-url = webhook.public_url no es una dirección: { $url }
check-name-bad-url-do = Escríbelo como https://wa.example.com, sin nada después del nombre.
check-name-not-found = el nombre { $host } no lleva a ninguna parte: { $why }
check-name-not-found-do = Donde tienes el dominio, añade un registro A para { $host } con la dirección de este servidor; puede tardar una hora en verse en todas partes.
check-name-private = { $host } es { $addresses }, una dirección a la que nadie llega desde fuera
check-name-private-do = Si solo esta máquina lo ve así (una línea en /etc/hosts), está bien. Si no, pon la dirección pública en el registro A.
check-port-ok = el puerto { $port } de { $address } está abierto
check-port-some = el puerto { $port } está abierto en { $address } y cerrado en { $other }
check-port-some-do = Meta puede elegir cualquiera: haz que el proxy escuche en las dos, o quita el registro de { $other }.
check-port-refused = nada escucha en el puerto { $port } de { $address }
check-port-refused-do = Arranca el proxy inverso (sudo systemctl start caddy, o nginx); el README, paso 2, trae un archivo listo para cada uno.
check-port-silent = el puerto { $port } de { $address } no responde: casi siempre es un cortafuegos
check-port-silent-do = Abre el puerto { $port } en el cortafuegos de esta máquina (sudo ufw allow { $port }/tcp) y en el panel de tu proveedor.
check-port-unreached = no se llega al puerto { $port }: { $why }
check-port-unreached-do = Comprueba la dirección del nombre y la red de esta máquina.
check-certificate-ok = vale { $days } días más, de { $issuer }
check-certificate-local = no hace falta en esta máquina; Meta solo llama por https
check-certificate-soon = termina en { $days } días
check-certificate-soon-do = Ya debería haberse renovado solo: mira qué dice la renovación.
check-certificate-expired = terminó hace { $ago }
check-certificate-expired-do = Meta no entrega nada hasta que se renueve. Caddy lo hace solo si los puertos 80 y 443 están abiertos; con nginx, ejecuta certbot.
check-certificate-not-yet = todavía no vale, según el reloj de esta máquina
check-certificate-not-yet-do = Mira primero el reloj de esta máquina; si está bien, pide el certificado otra vez.
check-certificate-wrong-host = hecho para { $names }, no para { $host }
check-certificate-wrong-host-do = El proxy muestra el certificado de otro sitio: dale a { $host } su propio bloque en el archivo del proxy, y un certificado con ese nombre.
check-certificate-self-signed = firmado por sí mismo: Meta solo acepta los de una autoridad pública
check-certificate-self-signed-do = Deja que Caddy lo pida (packaging/proxy/Caddyfile), o pídelo con certbot: los dos son gratis.
check-certificate-incomplete = enviado sin el certificado de quien lo firmó ({ $issuer })
check-certificate-incomplete-do = Los navegadores lo perdonan, Meta no: en nginx apunta ssl_certificate a fullchain.pem en vez de cert.pem.
check-certificate-untrusted = firmado por { $issuer }, que Meta no conoce
check-certificate-untrusted-do = Pide un certificado de una autoridad pública: Caddy y certbot lo hacen gratis.
check-certificate-bad = no se acepta: { $why }
check-certificate-bad-do = Pide el certificado otra vez.
check-certificate-no-tls = el puerto { $port } de { $host } no habla TLS: { $why }
check-certificate-no-tls-do = Meta llama por https: ahí debe escuchar el proxy con un certificado, y no recadod.
check-certificate-not-https = webhook.public_url empieza por http://, y Meta solo llama por https
check-certificate-not-https-do = Pon delante un proxy con certificado (README, paso 2) y escribe ahí https://{ $host }.
check-reach-ok = la dirección pública lleva aquí ({ $ms } ms)
check-reach-other-recado = en { $url } responde otro recado
check-reach-other-recado-do = El nombre o el proxy llevan a otro recadod: compara el destino del proxy con webhook.listen de aquí, y la dirección del nombre con la de este servidor.
check-reach-other-server = en { $url } responde otra cosa (HTTP { $status }, servidor { $server })
check-reach-other-server-do = El proxy no se lo pasa a recadod: que pase /webhooks/, /.well-known/recado/ y /healthz a la dirección de webhook.listen.
check-reach-redirect = { $url } nos manda a { $to }, y Meta no sigue
check-reach-redirect-do = Pon en webhook.public_url la dirección final, o quita la redirección para las rutas de recado.
check-reach-gateway = el proxy responde { $status }: no llega a recadod
check-reach-gateway-do = Compara el destino del proxy con webhook.listen, y mira que recadod corra ahí.
check-reach-silent = no hay respuesta: { $why }
check-reach-silent-do = Mira el registro del proxy.
check-handshake-ok = respondido en { $ms } ms
check-handshake-wrong-token = rechazado: en { $url } se espera otro token de verificación
check-handshake-wrong-token-do = Quien responde ahí no es este demonio, o el proxy quita la consulta: que /webhooks/ llegue a este recadod sin cambios.
check-handshake-unknown-app = el demonio en { $url } no conoce ningún número de la app { $app }
check-handshake-unknown-app-do = Que /webhooks/ llegue a este recadod: ahí responde otro.
check-handshake-changed = respondido, pero no con el reto
check-handshake-changed-do = Algo en el camino cambia la respuesta: una página previa, una caché, un inicio de sesión. Quítalo para /webhooks/.
check-handshake-other-server = en { $url } responde otra cosa (HTTP { $status }, servidor { $server })
check-handshake-other-server-do = Que el proxy pase /webhooks/ a recadod, GET y POST, sin inicio de sesión, caché ni filtro.
check-handshake-redirect = { $url } nos manda a { $to }, y Meta no sigue
check-handshake-redirect-do = Quita la redirección para /webhooks/.
check-handshake-gateway = el proxy responde { $status }: no llega a recadod
check-handshake-gateway-do = Compara el destino del proxy para /webhooks/ con webhook.listen.
check-handshake-silent = no hay respuesta: { $why }
check-handshake-silent-do = Mira el registro del proxy.
check-delivery-other-server = en { $url } responde otra cosa (HTTP { $status }, servidor { $server })
check-delivery-other-server-do = Que el proxy pase /webhooks/ a recadod, GET y POST, sin inicio de sesión, caché ni filtro.
check-delivery-redirect = { $url } nos manda a { $to }, y Meta no sigue
check-delivery-redirect-do = Quita la redirección para /webhooks/.
check-delivery-gateway = el proxy responde { $status }: no llega a recadod
check-delivery-gateway-do = Compara el destino del proxy para /webhooks/ con webhook.listen.
check-delivery-silent = no hay respuesta: { $why }
check-delivery-silent-do = Mira el registro del proxy.
check-delivery-ok = recibida en { $ms } ms, reconocida y no guardada
check-delivery-lost = respondieron 200, pero no llegó a este demonio
check-delivery-lost-do = Meta la daría por entregada, y se perdería: otra cosa responde a POST en { $url }. Que el proxy pase POST a este recadod.
check-delivery-wrong-signature = el cuerpo o su firma cambiaron por el camino
check-delivery-wrong-signature-do = El proxy debe pasar el cuerpo byte a byte y conservar la cabecera X-Hub-Signature-256: apaga lo que reescriba, comprima o filtre cuerpos en /webhooks/.
check-delivery-unknown-app = el demonio en { $url } no conoce ningún número de esta app
check-delivery-unknown-app-do = Que POST llegue a este recadod: ahí responde otro.
check-delivery-too-long = el proxy solo acepta cuerpos cortos (413)
check-delivery-too-long-do = En nginx pon client_max_body_size 4m para este sitio.
check-delivery-not-stored = llegó, pero la base de datos no se puede escribir
check-delivery-not-stored-do = Mira disco y base de datos más abajo; Meta guarda lo que no pudo entregar y vuelve.
check-callback-ok = Meta llama a { $url }
check-callback-none = la app { $app } no tiene webhook en Meta
check-callback-none-do = Panel de la app › WhatsApp › Configuración › Webhook › Editar: pon { $ours } y el token de verificación, y suscríbete a messages.
check-callback-elsewhere = Meta llama a { $url }, no a { $ours }
check-callback-elsewhere-do = Panel de la app › WhatsApp › Configuración › Webhook › Editar: pon { $ours } y el token de verificación. Una app tiene un solo webhook: si el otro programa lo necesita, dale a recado su propia app.
check-callback-inactive = Meta apagó el webhook de la app
check-callback-inactive-do = Panel de la app › WhatsApp › Configuración › Webhook › Editar › Verificar y guardar, para encenderlo otra vez.
check-callback-no-messages = el webhook es nuestro, pero el campo messages no está suscrito: no llega ningún mensaje ni tic
check-callback-no-messages-do = Panel de la app › WhatsApp › Configuración › Webhook › Campos de webhook: pulsa Suscribirse junto a messages.
check-callback-fields = los mensajes llegan; sin suscribir: { $fields }
check-callback-fields-do = Suscríbete también a estos: sin ellos recado se entera de plantillas bloqueadas y de la calidad solo cuando pregunta.
check-callback-wrong-secret = Meta rechaza la clave secreta de la app que tiene recado (código { $error })
check-callback-wrong-secret-do = Se cambió en Meta, o es de otra app: copia Configuración de la app › Básica › Clave secreta y dásela a recado con recado number set --app-secret-file ARCHIVO. Meta vuelve a enviar sola lo rechazado.
check-subscription-ok = la cuenta está suscrita a nuestra app { $app }
check-subscription-nobody = la cuenta { $account } no está suscrita a ninguna app: Meta no entrega a nadie
check-subscription-nobody-do = El webhook está verificado y no llega nada: suscribe la cuenta { $account } a la app { $app }, con recado number reconnect, o con Configuración de la API › Enviar mensaje.
check-subscription-other = la cuenta está suscrita a { $others }, no a nuestra app { $app }
check-subscription-other-do = El webhook está verificado y no llega nada: suscribe la cuenta { $account } a la app { $app }, con recado number reconnect, o con Configuración de la API › Enviar mensaje.
check-override-ok = los mensajes van adonde dice la app
check-override-number = los mensajes de este número van a { $url }
check-override-number-do = Quita el desvío en Meta (un override_callback_uri vacío), o en el programa que lo puso; hasta entonces recado no oye nada.
check-override-account = los mensajes de esta cuenta van a { $url }
check-override-account-do = Quita el desvío en Meta (un override_callback_uri vacío), o en el programa que lo puso; hasta entonces recado no oye nada.
check-last-delivery-ok = Meta entregó hace { $ago }
check-last-delivery-never = Meta todavía no ha entregado nada
check-last-delivery-never-do = Escribe al número desde cualquier teléfono. Si no llega nada y lo de arriba está bien, pasa el interruptor de la app de Desarrollo a Activo.
check-last-delivery-silent = nada desde hace { $ago }
check-last-delivery-silent-do = Si es mucho para este número, escríbele desde cualquier teléfono y mira si llega.
check-last-delivery-refused = las últimas { $count } notificaciones traían una firma que no vale y se rechazaron
check-last-delivery-refused-do = La clave secreta cambió en Meta, o algo en el camino cambia los cuerpos: copia Configuración de la app › Básica › Clave secreta y dásela a recado con recado number set --app-secret-file ARCHIVO. Meta las vuelve a enviar sola.
check-token-ok = funciona y no caduca
check-token-until = funciona { $days } días más
check-token-works = funciona; Meta no dice hasta cuándo
check-token-soon = caduca en { $days } días
check-token-soon-do = Haz uno permanente: Configuración del negocio › Usuarios › Usuarios del sistema › Generar token, caducidad Nunca; luego recado number set --access-token-file -, y pégalo.
check-token-temporary = uno temporal del panel, sirve { $hours } horas más
check-token-temporary-do = Haz uno permanente: Configuración del negocio › Usuarios › Usuarios del sistema › Generar token, caducidad Nunca; luego recado number set --access-token-file -, y pégalo.
check-token-expired = caducó (código { $error })
check-token-expired-do = Haz uno permanente: Configuración del negocio › Usuarios › Usuarios del sistema › Generar token, caducidad Nunca; luego recado number set --access-token-file -, y pégalo.
check-token-dead = Meta lo rechaza (código { $error }, { $subcode }): cambió una contraseña, un rol o la app
check-token-dead-do = Haz uno permanente: Configuración del negocio › Usuarios › Usuarios del sistema › Generar token, caducidad Nunca; luego recado number set --access-token-file -, y pégalo.
check-token-other-app = es de otra app ({ $other }), no de { $app }
check-token-other-app-do = Genera el token eligiendo la app { $app }; luego recado number set --access-token-file -, y pégalo.
check-permissions-ok = puede enviar y administrar la cuenta
check-permissions-missing = le falta { $permission }
check-permissions-missing-do = Genera el token otra vez marcando whatsapp_business_messaging, whatsapp_business_management y business_management.
check-permissions-other-account = ve las cuentas { $accounts }, no { $account }
check-permissions-other-account-do = Configuración del negocio › Usuarios del sistema › Asignar activos: la cuenta de WhatsApp { $account }, control total; luego genera el token otra vez.
check-number-ok = { $name }, calidad { $quality }, límite { $limit }, velocidad { $throughput }
check-number-gone = Meta no lo conoce, o el token no puede verlo
check-number-gone-do = Compara el identificador del número con Configuración de la API › De, y da al usuario del sistema acceso a la cuenta.
check-number-not-registered = está en { $status }: no está registrado en la API de la nube
check-number-not-registered-do = Administrador de WhatsApp › Números de teléfono › el número › Registrar, con su PIN de seis cifras.
check-number-restricted = está en { $status } en Meta
check-number-restricted-do = Administrador de WhatsApp › Números de teléfono muestra hasta cuándo y dónde apelar; las respuestas quizá aún salgan.
check-number-blocked = Meta no le deja enviar nada (código { $error }): { $why }
check-number-blocked-do = Abre el Administrador de WhatsApp › Números de teléfono y haz lo que pide.
check-number-limited = Meta lo limita (código { $error }): { $why }
check-number-limited-do = Abre el Administrador de WhatsApp › Números de teléfono para ver qué falta.
check-number-name = el nombre visible { $name } está en { $name_status }
check-number-name-do = Administrador de WhatsApp › Números de teléfono › el número › Perfil: elige un nombre que muestre el negocio.
check-number-quality = los clientes se quejan: calidad { $quality }
check-number-quality-do = Envía menos plantillas durante una semana, solo a quien las pidió.
check-payment-ok = nada pendiente
check-payment-problem = Meta no puede cobrar (código { $error }): { $why }
check-payment-problem-do = Administrador de WhatsApp › Facturación: pon o repara el método de pago. Las respuestas dentro de 24 horas siguen saliendo.
check-policy-ok = sin restricciones
check-policy-review = revisión de la cuenta por Meta: { $review }
check-policy-review-do = Abre el Inicio de ayuda para empresas: dice por qué, y tiene el botón para otra revisión.
check-policy-blocked = Meta no deja enviar nada a la cuenta (código { $error }): { $why }
check-policy-blocked-do = Abre el Inicio de ayuda para empresas para ver de qué se trata, y apela ahí.
check-policy-limited = Meta limita la cuenta (código { $error }): { $why }
check-policy-limited-do = Abre el Administrador de WhatsApp y completa lo que pide al negocio.
check-clock-ok = en hora, con { $seconds } s de diferencia
check-clock-off = { $seconds } s { $way ->
        [behind] atrasado
       *[ahead] adelantado
    } respecto a Meta
check-clock-off-do = Por él se juzgan las ventanas de 24 horas, los tokens y los certificados: deja que la máquina se ponga en hora sola.
check-disk-ok = { $mib } MiB libres ({ $percent } %) en { $folder }
check-disk-little = { $mib } MiB libres ({ $percent } %) en { $folder }
check-disk-little-do = Haz sitio: un límite para archivos (media.keep = "90 days") vale al momento; sin sitio, los mensajes esperan en Meta.
check-disk-full = { $mib } MiB libres ({ $percent } %) en { $folder }
check-disk-full-do = Haz sitio: un límite para archivos (media.keep = "90 days") vale al momento; sin sitio, los mensajes esperan en Meta.
check-database-ok = íntegra, { $mib } MiB
check-database-large = se puede escribir; con { $mib } MiB no se recorre entera mientras se trabaja
check-database-not-writable = no se puede escribir
check-database-not-writable-do = El registro dice por qué: casi siempre un disco lleno o permisos cambiados en la carpeta.
check-database-unreadable = no se puede leer: { $why }
check-database-unreadable-do = Detén recadod y mira el registro antes que nada; no borres el archivo.
check-database-broken = dañada: { $why }
check-database-broken-do = Detén recadod, copia aparte la carpeta de datos y restaura la copia de seguridad más reciente.
cli-doctor-none = Todavía no hay ningún número que revisar: recado connect.

## Short words for the hint line

hint-send = enviar
hint-new-line = línea
hint-go-to-chat = ir a
hint-commands = acciones
hint-help = ayuda
hint-open = abrir
hint-next-unread = sin leer
hint-filter = filtrar
hint-next-hit = siguiente
hint-previous-hit = anterior
hint-search = buscar
hint-note = nota
hint-archive = archivar
hint-snooze = posponer
hint-write = escribir
hint-reply = citar
hint-copy = copiar
hint-retry = reenviar
hint-details = detalles
hint-customer = cliente
hint-react = reaccionar
hint-forward = reenviar
hint-select = elegir
hint-new-chat = nuevo
hint-editor = editor
hint-next-pane = siguiente
hint-stats-day = día
hint-stats-week = semana
hint-stats-month = mes
hint-stats-earlier = antes
hint-stats-later = después
hint-stats-copy = CSV
hint-statistics = cifras
hint-attach = archivo
hint-tick = elegir
hint-as-document = como documento
hint-hidden-files = ocultos
hint-open-link = abrir
hint-save-file = guardar
hint-template = plantilla
hint-sync-templates = sincronizar
hint-new-reply = nueva
hint-remove-reply = quitar
hint-template-language = idioma
hint-undo = deshacer
hint-keep-writing = borrador
hint-back = volver
hint-accept = aceptar
hint-down = abajo
hint-up = arriba

## Deeds: what they are called, and one line that explains each

do-down = bajar
    .help = Va a lo siguiente.
do-up = subir
    .help = Va a lo anterior.
do-first = al primero
    .help = Va al comienzo.
do-last = al último
    .help = Va al final, a lo más nuevo.
do-page-down = página abajo
    .help = Avanza una página.
do-page-up = página arriba
    .help = Retrocede una página.
do-half-page-down = media página abajo
    .help = Avanza media página.
do-half-page-up = media página arriba
    .help = Retrocede media página.
do-next-day = día siguiente
    .help = Va al primer mensaje del día siguiente.
do-previous-day = día anterior
    .help = Va al primer mensaje del día anterior.
do-unread-above = sin leer, arriba
    .help = Va a donde empezó lo no leído.
do-unread-below = sin leer, abajo
    .help = Va al siguiente mensaje sin leer.
do-to-quoted = al citado
    .help = Va al mensaje que este cita.
do-to-date = ir a un día
    .help = Va al primer mensaje de un día: ayer, 12 feb, 2026-02-12.
do-search = buscar
    .help = Busca palabras aquí o en todos los chats; from: before: has: y otros acotan.
do-next-hit = siguiente hallazgo
    .help = Va al siguiente mensaje que halló la búsqueda, más antiguo.
do-previous-hit = hallazgo anterior
    .help = Va al anterior.
do-reply = responder citando
    .help = Cita este mensaje en la respuesta.
do-copy = copiar texto
    .help = Copia el texto del mensaje.
do-copy-named = copiar con nombre
    .help = Copia el mensaje con nombre y hora.
do-react = reaccionar
    .help = Pone un emoji en el mensaje, o lo quita.
do-forward = reenviar
    .help = Pone el texto del mensaje en la respuesta de otro chat.
do-select = elegir varios
    .help = Elige varios mensajes para copiar o reenviar; dos veces: una parte de uno.
do-select-part = elegir una parte
    .help = Elige algunas palabras del mensaje para copiarlas.
do-new-chat = chat nuevo
    .help = Empieza un chat con cualquier número.
do-editor = editor externo
    .help = Abre lo escrito en $EDITOR; nada se envía solo.
do-paste-clipboard = pegar
    .help = Pone el texto del portapapeles de esta máquina.
do-attach = adjuntar archivos
    .help = Elige archivos de este equipo y los envía, cada uno con su texto.
do-template = plantilla
    .help = Elige una plantilla aprobada, la llena y la envía; también con la ventana cerrada.
do-replies = respuestas guardadas
    .help = Muestra las respuestas guardadas: pone una en la caja, las escribe, cambia o quita.
do-ask-buttons = enviar botones
    .help = Crea un mensaje con hasta tres botones para responder.
do-ask-list = enviar una lista
    .help = Crea un mensaje con una lista de hasta diez filas para elegir.
do-ask-link = enviar un botón de enlace
    .help = Crea un mensaje con un botón que abre una página.
do-ask-place = pedir la ubicación
    .help = Crea un mensaje con un botón que envía dónde está el cliente.
do-sync-templates = sincronizar plantillas
    .help = Pide a Meta todas las plantillas ahora.
do-template-language = idioma de plantillas
    .help = Muestra las plantillas de un idioma, luego del siguiente, luego todas.
do-new-reply = nueva respuesta guardada
    .help = Escribe una respuesta guardada, en su lista.
do-remove-reply = quitar respuesta guardada
    .help = Tira la respuesta guardada del cursor.
do-tick = elegir archivo
    .help = Marca un archivo en el selector, o lo desmarca.
do-as-document = enviar como documento
    .help = El archivo del cursor va como documento, sea lo que sea.
do-hidden-files = archivos ocultos
    .help = Muestra los archivos ocultos en el selector, o los esconde.
do-open-link = abrir enlace o archivo
    .help = Abre el enlace del mensaje en el navegador, o su archivo; antes pregunta.
do-save-file = guardar archivo
    .help = Guarda el archivo del mensaje en este equipo, nunca encima de otro.
do-fetch-file = descargar archivo
    .help = Descarga de WhatsApp un archivo que era grande o que falló.
do-enlarge = ampliar imagen
    .help = Muestra en grande la imagen del mensaje; Intro también. Arriba y abajo van a las otras.
do-play = reproducir o detener
    .help = Reproduce la nota de voz o el sonido con el reproductor elegido; otra vez lo detiene.
do-retry = enviar otra vez
    .help = Vuelve a enviar un mensaje que falló; antes pregunta.
do-details = detalles
    .help = Horas, identificadores y errores del mensaje.
do-open = abrir
    .help = Abre el chat.
do-next-unread = siguiente sin leer
    .help = Va al siguiente chat sin leer.
do-previous-unread = anterior sin leer
    .help = Va al anterior chat sin leer.
do-next-chat = chat siguiente
    .help = Abre el chat de abajo.
do-previous-chat = chat anterior
    .help = Abre el chat de arriba.
do-mark-read = marcar leído
    .help = Marca el chat como leído; el cliente ve las marcas azules.
do-mark-unread = marcar no leído
    .help = Solo en tu pantalla: el cliente no se entera.
do-read-all = marcar todos los chats como leídos
    .help = Los clientes no ven nada; pregunta antes y se puede deshacer.
do-archive = archivar
    .help = Quita el chat de la lista hasta que el cliente escriba.
do-pin = fijar arriba
    .help = Mantiene el chat arriba en la lista.
do-mute = silenciar
    .help = Este chat no hace ruido.
do-snooze = posponer hasta…
    .help = Fuera de la lista hasta entonces, o hasta que el cliente escriba; para todo el equipo.
do-note = nota sobre el cliente
    .help = Anota algo sobre el cliente; lo leen todos los operadores.
do-labels = etiquetas
    .help = Pone etiquetas al chat o se las quita.
do-rename = nombrar al cliente
    .help = Le da al cliente un nombre nuestro; él no lo ve.
do-opt-out = sin publicidad
    .help = Marca que el cliente no quiere publicidad, o quita la marca.
do-files = archivos del chat
    .help = Busca los mensajes que traen un archivo.
do-take-back = deshacer la acción
    .help = Deshace lo último hecho con un chat: archivar, fijar, marcar.
do-filter = filtrar la lista
    .help = Solo los chats con esas letras en el nombre, el número o una etiqueta.
do-view-all = ver: todos
    .help = Todos los chats abiertos, los fijados primero.
do-view-unread = ver: sin leer
    .help = Solo los chats con algo sin leer.
do-view-waiting = ver: esperan respuesta
    .help = Solo los que esperan respuesta, primero quien más ha esperado.
do-view-closing = ver: ventana por cerrar
    .help = Solo los de ventana abierta, primero la que se cierra antes.
do-view-archived = ver: archivados
    .help = Solo los chats archivados.
do-view-snoozed = ver: pospuestos
    .help = Solo los chats pospuestos, primero el que antes vuelve.
do-go-back = volver a donde estabas
    .help = Va al chat y al mensaje donde estabas antes.
do-go-forward = otra vez adelante
    .help = Deshace el último paso atrás.
do-write = escribir
    .help = Pone el cursor en la respuesta.
do-send = enviar
    .help = Envía lo escrito.
do-new-line = línea nueva
    .help = Sigue en otra línea.
do-pick-message = elegir mensaje
    .help = Con la respuesta vacía, elige el último mensaje.
do-clear = borrar todo
    .help = Borra lo escrito; se puede deshacer.
do-undo = deshacer
    .help = Deshace el último cambio.
do-redo = rehacer
    .help = Rehace lo deshecho.
do-kill-line = borrar hasta el final
    .help = Borra hasta el final de la línea.
do-keep-writing = escribir un borrador
    .help = Deja escribir aunque la ventana esté cerrada; queda como borrador.
do-why-closed = preguntar por qué no se puede escribir
    .help = Dice por qué está cerrada la ventana y qué la abre de nuevo.
do-go-to-chat = ir a un chat
    .help = Busca un chat por nombre o número.
do-commands = todas las acciones
    .help = Busca una acción por su nombre.
do-bind-key = asignar una tecla
    .help = Pide una tecla para la acción elegida y la escribe en keys.toml.
do-help = ayuda
    .help = Muestra las teclas que valen.
do-number-1 = solo el número 1
    .help = Muestra solo los chats de ese número.
do-number-2 = solo el número 2
    .help = Muestra solo los chats de ese número.
do-number-3 = solo el número 3
    .help = Muestra solo los chats de ese número.
do-number-4 = solo el número 4
    .help = Muestra solo los chats de ese número.
do-number-5 = solo el número 5
    .help = Muestra solo los chats de ese número.
do-number-6 = solo el número 6
    .help = Muestra solo los chats de ese número.
do-number-7 = solo el número 7
    .help = Muestra solo los chats de ese número.
do-number-8 = solo el número 8
    .help = Muestra solo los chats de ese número.
do-number-9 = solo el número 9
    .help = Muestra solo los chats de ese número.
do-all-numbers = todos los números
    .help = Muestra los chats de todos los números.
do-statistics = estadísticas
    .help = Mensajes, entrega y primeras respuestas, por hora y por número.
do-stats-day = un día
    .help = Cifras de un día, por hora.
do-stats-week = una semana
    .help = Cifras de una semana, por día.
do-stats-month = un mes
    .help = Cifras de un mes, por día.
do-stats-earlier = antes
    .help = El período anterior.
do-stats-later = después
    .help = El período siguiente.
do-stats-copy = copiar como CSV
    .help = Copia las cifras para una hoja de cálculo.
do-customer = ficha del cliente
    .help = Abre o cierra la ficha del cliente.
do-next-pane = panel siguiente
    .help = Pasa las teclas al panel siguiente.
do-previous-pane = panel anterior
    .help = Pasa las teclas al panel anterior.
do-accept = aceptar
    .help = Hace lo elegido.
do-back = un paso atrás
    .help = Cierra, suelta o vuelve, un paso cada vez.
do-toggle-list = lista sí o no
    .help = Muestra u oculta la lista de chats.
do-list-narrower = lista más angosta
    .help = Hace más angosta la lista.
do-list-wider = lista más ancha
    .help = Hace más ancha la lista.
do-toggle-mouse = ratón sí o no
    .help = Toma o suelta el ratón.
do-redraw = dibujar de nuevo
    .help = Vuelve a dibujar la pantalla.
do-suspend = suspender
    .help = Deja el programa en espera; el shell lo trae de vuelta.
do-quit = salir
    .help = Cierra la consola; el daemon sigue enviando.

## Países por código

country-1 = Estados Unidos, Canadá o el Caribe
country-7 = Rusia o Kazajistán
country-20 = Egipto
country-27 = Sudáfrica
country-30 = Grecia
country-31 = Países Bajos
country-32 = Bélgica
country-33 = Francia
country-34 = España
country-36 = Hungría
country-39 = Italia
country-40 = Rumanía
country-41 = Suiza
country-43 = Austria
country-44 = Reino Unido
country-45 = Dinamarca
country-46 = Suecia
country-47 = Noruega
country-48 = Polonia
country-49 = Alemania
country-51 = Perú
country-52 = México
country-53 = Cuba
country-54 = Argentina
country-55 = Brasil
country-56 = Chile
country-57 = Colombia
country-58 = Venezuela
country-60 = Malasia
country-61 = Australia
country-62 = Indonesia
country-63 = Filipinas
country-64 = Nueva Zelanda
country-65 = Singapur
country-66 = Tailandia
country-81 = Japón
country-82 = Corea del Sur
country-84 = Vietnam
country-86 = China
country-90 = Turquía
country-91 = India
country-92 = Pakistán
country-94 = Sri Lanka
country-98 = Irán
country-212 = Marruecos
country-213 = Argelia
country-216 = Túnez
country-221 = Senegal
country-225 = Costa de Marfil
country-233 = Ghana
country-234 = Nigeria
country-238 = Cabo Verde
country-240 = Guinea Ecuatorial
country-244 = Angola
country-254 = Kenia
country-258 = Mozambique
country-351 = Portugal
country-352 = Luxemburgo
country-353 = Irlanda
country-358 = Finlandia
country-376 = Andorra
country-380 = Ucrania
country-420 = Chequia
country-501 = Belice
country-502 = Guatemala
country-503 = El Salvador
country-504 = Honduras
country-505 = Nicaragua
country-506 = Costa Rica
country-507 = Panamá
country-509 = Haití
country-591 = Bolivia
country-592 = Guyana
country-593 = Ecuador
country-595 = Paraguay
country-597 = Surinam
country-598 = Uruguay
country-852 = Hong Kong
country-886 = Taiwán
country-961 = Líbano
country-966 = Arabia Saudí
country-971 = Emiratos Árabes Unidos
country-972 = Israel

## La línea de órdenes

cli-id = id
cli-name = nombre
cli-org = organización
cli-slug = clave
cli-label = etiqueta
cli-number = número
cli-state = estado
cli-queued = en espera
cli-unread = sin leer
cli-when = cuándo
cli-who = quién
cli-text = texto
cli-chat = chat
cli-customer = cliente
cli-window = ventana
cli-last = último mensaje
cli-open = abierta
cli-closed = cerrada
cli-them = cliente
cli-us = nosotros
cli-version = versión
cli-webhook = webhook
cli-last-delivery = última entrega
cli-never = nunca
cli-outbox = salida
cli-outbox-counts = { $queued } en espera, { $sending } en camino, { $failed } fallidos en 24 h
cli-database = base de datos
cli-pending = pendiente
cli-connected = conectado
cli-paused = en pausa
cli-error = error
cli-no-orgs = Aún no hay organizaciones. Agrega una: recado org add CLAVE --name NOMBRE
cli-no-numbers = Aún no hay números. Agrega uno: recado connect
cli-no-chats = No hay chats.
cli-no-messages = No hay mensajes.
cli-stats-in = recibidos
cli-stats-out = enviados
cli-stats-new = nuevos
cli-stats-delivered = entregados
cli-stats-read = leídos
cli-stats-failed = fallidos
cli-stats-lost = ventanas perdidas
cli-stats-p50 = respuesta p50
cli-stats-p90 = respuesta p90
cli-stats-total = Todo
cli-stats-code = Falló con { $code }
cli-stats-no-day = «{ $words }» no es un día: escribe 2026-02-12, 12 feb, ayer o 7d.
cli-no-hits = No se encontró nada.
cli-no-tokens = Aún no hay tokens. Crea uno: recado token add NOMBRE --org CLAVE
cli-no-number = Ningún número se llama { $name }. Míralos con: recado numbers
cli-no-org = Ninguna organización se llama { $name }. Míralas con: recado orgs
cli-no-chat = No hay ningún chat con { $name }. Míralos con: recado chats
cli-org-added = Se agregó { $slug }. Sigue: recado connect --org { $slug }
cli-number-added = Se agregó { $label }. Dale estos dos datos a Meta (WhatsApp › Configuración › Webhook); el token no se vuelve a mostrar:
    callback URL   { $url }
    verify token   { $token }
cli-number-paused = { $label } está en pausa: lo que espera se queda, los mensajes siguen entrando.
cli-number-resumed = { $label } vuelve a enviar.
cli-number-set = { $label } quedó cambiado.
cli-number-removed = { $label } se quitó; sus mensajes se quedan.
cli-confirm-remove = ¿Quitar { $label }? Sus mensajes se quedan, pero ya no entra ni sale nada. [s/N]
cli-confirm-with-yes = Esto necesita un sí ({ $label }): agrega --yes
cli-token-revoked = El token ya no vale nada.
cli-paste-secret = Pégalo y pulsa Enter:
cli-empty-secret = El archivo está vacío.
cli-cannot-read = No se puede leer { $file }: { $why }
cli-offered = Ofrecido { $name } ({ $size }) al chat que está abierto en tu consola.
cli-media = { $name }  { $size }  { $state }  { $why }
cli-file-exists = { $file } ya existe y se queda como está: pon otro nombre con -o
cli-cannot-write = No se puede escribir { $file }: { $why }
cli-saved = Guardado { $file } ({ $size })
cli-file-from-where = ¿Qué archivo? Nómbralo o pásalo así: recado put < menu.pdf
cli-bad-param = --param lleva CLAVE=VALOR, no { $param }
cli-sent = { $id }  { $status }
cli-send-failed = No se envió ({ $code } { $title }): { $advice }
cli-send-unknown = Nadie sabe si Meta lo tiene: se perdió la respuesta. No se reenvía solo; su próximo aviso lo aclara.
cli-still-waiting = Aún no llega a tanto; el mensaje { $id } sigue su camino.
problem-not-implemented = Aún no está hecho.

cli-template-language = idioma
cli-template-category = categoría
cli-template-quality = calidad
cli-template-why = motivo
cli-template-param = --param
cli-template-takes = qué lleva
cli-template-example = ejemplo
cli-no-templates = No hay plantillas. Pídelas a Meta: recado templates --sync
cli-no-template = Ninguna plantilla se llama { $name }. Lista: recado templates
cli-template-several = Hay varias: { $list }. Di cuál con --language, --number o su id.
cli-template-which-number = Di para qué número con --number: hay varias cuentas, o todavía ninguna.
cli-template-other-name = El archivo es de otra plantilla: el nombre y el idioma de una plantilla no cambian.
cli-template-not-synced = Cuenta { $account }: { $why }
cli-template-stands = { $name } ({ $language }): { $state } { $why }
cli-template-still-waiting = Meta todavía no decide; recado se entera solo. Mira más tarde: recado templates
cli-template-confirm-delete = ¿Borrar { $label } en Meta? Un nombre aprobado no se puede volver a usar en 30 días. [s/N]
cli-template-deleted = { $label } se borró en Meta.
cli-no-replies = Todavía no hay respuestas guardadas. Guarda una: recado reply add NOMBRE --text PALABRAS
cli-no-reply = Ninguna respuesta se llama { $name }. Lista: recado reply list
cli-reply-kept = /{ $name } quedó guardada.
cli-reply-removed = /{ $name } ya no está.
cli-replies-imported = Quedaron guardadas { $n } respuestas.
cli-replies-without-files =
    { $n ->
        [one] Los archivos de una respuesta no están en este texto
       *[other] Los archivos de { $n } respuestas no están en este texto
    }: con --files CARPETA van también.
cli-replies-exported = { $file } tiene { $n } respuestas, y sus archivos están al lado.
problem-template-not-ready = La plantilla no se puede enviar ahora.
problem-meta-refused = Meta dice que no.
problem-meta-unreachable = Meta no responde.

## Codes explained

cli-explain-way = Dónde
cli-explain-steps = Pasos
cli-explain-unknown = No se conoce el código { $code }. recado explain muestra todos los conocidos; Meta explica sus códigos en developers.facebook.com.
cli-code = Código
cli-means = Significado

## Derechos

forbidden-know = Tu rol no te permite preguntar cómo está recado.
forbidden-read = Tu rol no te permite leer mensajes aquí.
forbidden-send = Tu rol te deja leer, pero no escribir a los clientes; un propietario o administrador puede cambiarlo.
forbidden-keep = Tu rol te deja leer, pero no cambiar nada; un propietario o administrador puede cambiarlo.
forbidden-reply = Tu rol no te permite cambiar las respuestas guardadas; pídelo a un propietario o administrador.
forbidden-template = Las plantillas las cambian los propietarios y administradores.
forbidden-number = Los números los cambian los propietarios y administradores.
forbidden-token = Los tokens son cosa de propietarios y administradores.
forbidden-operator = Quién puede entrar lo deciden los propietarios y administradores.
forbidden-org = Solo un propietario puede cambiar la organización.
forbidden-audit = El registro de auditoría es para propietarios y auditores.
forbidden-machine = Eso le toca a quien administra la máquina: root o el usuario con el que corre recadod.
forbidden-machine-here = No en esta cuenta compartida: tocaría archivos o programas del servidor. Los archivos llegan con «ssh … recado put < archivo».

cli-org-renamed = Ahora se llama { $name }.
cli-org-removed = { $name } quedó eliminada; lo que escribió sigue en el disco.
cli-confirm-remove-org = ¿Eliminar { $label }? Sus operadores y tokens ya no abrirán nada allí. [s/N]
cli-operator-added = { $name } ya puede entrar.
cli-operator-removed = { $name } ya no puede entrar; sus consolas abiertas se cerraron.
cli-confirm-remove-operator = ¿Quitar el acceso a { $label }? Sus consolas se cierran al instante. [s/N]
cli-role-given = El rol de { $name } ahora es { $role }.
cli-roles = roles
cli-role = rol
cli-comes-by = entra con
cli-until = hasta
cli-no-operators = Aún no hay operadores. Añade uno: recado operator add NOMBRE --org SLUG --role agent
cli-no-operator = Ningún operador se llama { $name }. Míralos con: recado operator list
cli-key-added = { $name } puede entrar con una clave más.
cli-key-revoked = Esa clave de { $name } ya no abre nada.
cli-key-written = La línea está en authorized_keys: ssh { $account }@… abre la consola.
cli-key-not-written = No se pudo escribir { $file } ({ $why }). Añádele esta línea; no se vuelve a mostrar:
cli-line-stays = Su línea sigue en { $file } ({ $why }); ya no abre nada.
cli-which-key = Di cuál clave de { $name }: recado operator list las muestra.
cli-deed = acción
cli-what = sobre qué
cli-no-audit = Todavía no se ha hecho nada.
cli-audit-whole = { $n } entradas, ninguna cambiada, ninguna perdida. Último hash:
cli-audit-missing = Falta la entrada { $n }: alguien la quitó.
cli-audit-changed = La entrada { $n } fue cambiada después de escribirse.

## The key of the credentials

cli-key-own = este daemon
cli-confirm-rotate = ¿Poner una clave nueva en lugar de la de ahora? Las copias de seguridad hechas hasta hoy solo se abren con la de ahora ({ $label }): guarda antes una copia. [s/N]
cli-key-rotated =
    { $n ->
        [one] Una credencial quedó sellada
       *[other] { $n } credenciales quedaron selladas
    } con la clave nueva { $public }, que está en { $path }.
    Guarda una copia en un lugar seguro. Las copias de seguridad anteriores solo se abren con la clave vieja ({ $before }): guarda tu copia de esa junto a ellas.
cli-recipients-changed =
    { $n ->
        [one] Una credencial quedó sellada
       *[other] { $n } credenciales quedaron selladas
    } de nuevo. recado key list muestra quién puede abrirlas.
cli-key-unreadable =
    { $n ->
        [one] Una credencial no se abre
       *[other] { $n } credenciales no se abren
    } con ninguna clave, igual que antes: vuelve a ponerlas con recado number set.
cli-no-recipient = Nadie con el nombre o la clave { $name } puede abrir las credenciales. Mira quién puede: recado key list
