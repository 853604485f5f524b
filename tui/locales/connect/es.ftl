# Connecting a number: problems, and what `recado connect` asks and tells.
problem-invalid-app-id = El id de la app es el número que el panel de Meta muestra junto a su nombre: solo cifras.
problem-invalid-app-secret = Falta el secreto de la app, o no es una sola palabra: pégalo como Meta lo muestra.
problem-invalid-access-token = Falta el token, o no es una sola palabra: pégalo como Meta lo muestra.
problem-token-of-another-app = El token es de otra app. Da el id y el secreto de la app que elegiste al generarlo, o genéralo otra vez para esta.
problem-token-dead = El token no sirve, o ya no sirve. Crea otro: business.facebook.com › Configuración › Usuarios › Usuarios del sistema › Generar token, caducidad Nunca.
problem-token-too-weak = Al token le falta un permiso. Genéralo otra vez y marca los tres.
problem-secret-wrong = Meta no acepta este secreto para esta app. Cópialo otra vez: developers.facebook.com › Mis apps › la app › Configuración de la app › Básica › Clave secreta › Mostrar.
problem-no-public-url = Meta tiene que llegar a esta máquina por una dirección https, y recado no sabe cuál es. Elige un camino de los de abajo y pon webhook.public_url en recado.toml.
problem-webhook-elsewhere = Los webhooks de esta app van a otro programa.
problem-webhook-unreached = Meta llamó a la dirección pública y no recibió la respuesta debida: el camino hasta esta máquina se corta en algún punto. recado doctor dice dónde.
problem-number-in-use = El número ya se usa en WhatsApp. En su teléfono: Ajustes › Cuenta › Eliminar cuenta (la línea sigue siendo tuya). Con otro proveedor: pide que lo eliminen allí. Después, otra vez.
problem-code-wrong = El código no es correcto. Mira el SMS más reciente.
problem-code-over = Este código ya no vale: tiene más de diez minutos o falló tres veces. Pide otro.
problem-pin-wrong = El número ya tiene un PIN: da ese. Si se olvidó: Administrador de WhatsApp › Números de teléfono › el número › Configuración › Verificación en dos pasos › Desactivar.
problem-too-many-registrations = Meta permite diez registros de un número en 72 horas.
problem-step-too-early = Antes va otro paso: hay que confirmar el número con un código.
connect-no-answer = Falta una respuesta. Hazlo en una terminal, o da las respuestas línea por línea, en orden.
connect-ask-org = ¿Cómo se llama el negocio?
connect-which-org = ¿Para qué organización?
connect-which = ¿Cuál?
connect-which-account = ¿En qué cuenta?
connect-use-kept = El token de la app { $app }, guardado de antes
connect-paste-another = Otro token
connect-token-where = Id y secreto de la app: developers.facebook.com › Mis apps › la app › Configuración de la app › Básica. Token: business.facebook.com › Configuración › Usuarios › Usuarios del sistema › Generar token (caducidad Nunca, tres permisos: whatsapp_business_messaging, whatsapp_business_management, business_management).
connect-ask-app = Id de la app:
connect-ask-secret = Secreto de la app (no se muestra):
connect-ask-token = Token (no se muestra):
connect-token-permanent = Un token de usuario del sistema que no caduca: el correcto.
connect-token-sixty = Un token de usuario del sistema por sesenta días; recado lo renueva a tiempo.
connect-token-temporary = Un token temporal: muere en menos de un día y solo sirve para una primera prueba.
connect-token-personal = Un token de una persona: muere con su contraseña o su función.
connect-token-how = Uno que dure: business.facebook.com › Configuración › Usuarios › Usuarios del sistema: agrega uno como Administrador, Asignar activos (la app y la cuenta de WhatsApp, control total), Generar token con caducidad Nunca. Después: recado number set NÚMERO --access-token-file -
connect-numbers = El token ve estos números:
connect-new-number = Un número nuevo
connect-no-accounts = El token no ve ninguna cuenta de WhatsApp: asígnale una a su usuario del sistema (Asignar activos) y prueba otra vez.
connect-ask-phone = El número, con + y código de país:
connect-ask-name = El nombre que verán los clientes (Meta lo revisa):
connect-by-sms = El código por SMS
connect-by-call = El código por llamada
connect-code-sent = Meta está enviando el código; vale diez minutos.
connect-ask-code = Los seis dígitos (vacío: otro código):
connect-proved = El número es tuyo.
connect-registered = Registrado en Meta.
connect-pin = Su PIN es { $pin }. recado lo guarda sellado y no lo vuelve a mostrar: anótalo.
connect-ask-pin = El PIN del número (no se muestra):
connect-hooked = Meta envía los mensajes de este número a { $url }.
connect-by-app = Tomar los webhooks de la app: el otro programa deja de recibir
connect-by-account = Solo los mensajes de esta cuenta aquí; lo demás sigue allá
connect-stop = Dejarlo aquí
connect-way =   { $way }: recado connect --ways { $way ->
    [Caddy] caddy
    [nginx] nginx
   *[other] tunnel
 } --name NOMBRE > { $file }
connect-way-then = Ponlo en { $file } y escribe en recado.toml: [webhook] public_url = "https://{ $name }". recadod lo toma solo.
connect-go-on = Lo hecho queda guardado. Sigue con: recado connect --number { $number }
connect-ask-own = Tu propio teléfono, para un primer mensaje (vacío: después):
connect-proof-later = Escríbele al número desde cualquier teléfono: lo que llega aparece en recado.
connect-proof-slow = Meta tomó el mensaje y en dos minutos no avisó nada más. recado doctor busca la causa.
connect-tick-sent = ✓ enviado
connect-tick-delivered = ✓✓ está en el teléfono
connect-tick-read = ✓✓ leído
connect-done = Conectado: los mensajes salen y llegan.
connect-env-lacks = Al archivo le falta { $what }.
connect-env-several = El token ve varios números: pon { $what } en el archivo.
connect-env-none = El token no ve ese número: corrige { $what }, o usa recado connect y elige.
connect-env-done = { $label } ya está y sus secretos quedaron sellados. Ahora borra el archivo, ya nadie lo lee: shred -u { $file }
    Sigue con: recado connect --number { $id }
connect-env-url = El archivo nombra { $url } como webhook; recado tiene una dirección propia y se la dice a Meta en el paso siguiente.
connect-confirm-rest = ¿Desconectar { $label }? Meta no envía nada aquí hasta reconectarlo y no sale nada. El historial queda. [s/N]
connect-confirm-move = ¿Pasar { $label }? Allá empieza de cero; el historial queda aquí y lo que espera salir falla. [s/N]
connect-rests = { $label } está desconectado. Para volver: recado number reconnect
connect-wakes = { $label } está conectado otra vez; lo que esperaba sale.
connect-moved = { $label } pasó a la otra organización.

# The connect wizard of the console.
do-connect = conectar un número
    .help = Lleva un número de WhatsApp de cero al primer mensaje, paso a paso
wizard-title = Conectar un número
wizard-step = paso { $n } de 6: { $name }
wizard-token = Token
wizard-account = Cuenta
wizard-number = Número
wizard-webhook = Webhook
wizard-test = Prueba
wizard-done = Listo
wizard-token-where = Id y secreto de la app: developers.facebook.com › Mis apps › la app › Configuración de la app › Básica. Token: business.facebook.com › Configuración › Usuarios › Usuarios del sistema › Generar token: caducidad Nunca, con whatsapp_business_messaging, whatsapp_business_management y business_management.
wizard-business = Cómo se llama el negocio
wizard-app = Id de la app
wizard-secret = Secreto de la app
wizard-access = Token
wizard-numbers = El token ve estos números:
wizard-new-in = Un número nuevo en { $name }
wizard-here = · ya está aquí
wizard-new = El número tiene que recibir SMS o llamadas y no estar en uso en WhatsApp.
wizard-phone = Número, con + y código de país
wizard-name = Nombre que verán los clientes
wizard-method = Meta envía un código para comprobar que el número es tuyo.
wizard-code = Los seis dígitos
wizard-code-sent = Meta envió un SMS con seis dígitos.
wizard-code-called = Meta llama y dice seis dígitos.
wizard-code-left = vale { $left } · { $n ->
    [one] queda un intento
   *[other] quedan { $n } intentos
 }
wizard-code-over = El código ya no vale: Tab pide otro.
wizard-pin = PIN del número
wizard-pin-asked = El número se está registrando en Meta.
wizard-webhook-what = recado le dice a Meta adónde van los mensajes de este número y comprueba que así quedó.
wizard-again = Probar otra vez
wizard-way = { $way }: copiar el archivo listo
wizard-copied = El archivo para { $way } está en el portapapeles: ponlo en { $file }, con tu nombre.
wizard-own = Tu propio teléfono, con + y código de país
wizard-phone-asked = Un primer mensaje muestra que todo funciona. Vacío: después.
wizard-ticks = El primer mensaje:
wizard-tick-queued = · en camino
wizard-tick-failed = ✗ falló: los detalles en el chat dicen por qué
wizard-done-more = Escríbele al número desde cualquier teléfono: lo que llega aparece en la lista de chats.
wizard-waiting = preguntando a Meta
