# Qué significan los códigos de error de Meta, qué hacer y dónde: una entrada por código.
# El valor dice qué significa, .do qué hacer, .way el camino exacto en los menús de Meta, .page los pasos cuando son varios.

-wm = business.facebook.com/wa/manage
-bs = business.facebook.com/settings
-way-numbers = { -wm } › Herramientas de la cuenta › Números de teléfono
-way-number = { -way-numbers } › (el número)
-way-two-step = { -way-number } › Configuración › Verificación en dos pasos
-way-name = { -way-number } › Perfil › Nombre visible
-way-quality = { -way-numbers } › Calificación de calidad
-way-username = { -way-number } › Perfil › Nombre de usuario
-way-templates = { -wm } › Plantillas de mensajes
-way-flows = { -wm } › Herramientas de la cuenta › Flows
-way-insights = { -wm } › Estadísticas
-way-payment = business.facebook.com/billing_hub › Cuentas › Cuentas de WhatsApp Business › (la cuenta) › Agregar método de pago
-way-payment-terms = { -wm } › Herramientas de la cuenta › Pagos
-way-token = { -bs } › Usuarios › Usuarios del sistema › (el usuario) › Generar token
-way-assets = { -bs } › Usuarios › Usuarios del sistema › (el usuario) › Asignar activos › Cuentas de WhatsApp › Control total
-way-accounts = { -bs } › Cuentas › Cuentas de WhatsApp
-way-support-home = business.facebook.com/business-support-home › (la cuenta)
-way-support = business.facebook.com/direct-support
-way-status = metastatus.com/whatsapp-business-api
-way-testers = developers.facebook.com/apps › (la app) › WhatsApp › Configuración de la API › Para › Administrar lista de números
-way-app-secret = developers.facebook.com/apps › (la app) › Configuración de la app › Avanzada › Exigir clave secreta de la app
-way-signup = developers.facebook.com/apps › (la app) › WhatsApp › Registro insertado
-way-blocked = { -wm } › Herramientas de la cuenta › Usuarios bloqueados
-new-token = Crea un token nuevo y dáselo a recado: recado number set NÚMERO --access-token-file ARCHIVO. Lo que está en espera sale entonces.
-by-itself = Vuelve a enviarlo en un rato; recado ya lo intentó varias veces.
-wait-hour = Espera hasta una hora: se reintenta solo, y lo que falló se puede enviar otra vez después.

## Acceso y límites de llamadas

fail-0 = Meta no reconoce este token de acceso.
    .do = { -new-token }
    .way = { -way-token }
fail-1 = El servidor de Meta falló o no entendió la petición.
    .do = Vuelve a enviarlo en unos minutos; si sigue igual, mira la página de estado de Meta.
    .way = { -way-status }
fail-2 = El servicio de Meta está saturado o en actualización.
    .do = Espera cinco minutos: se reintenta solo; si aun así falló, vuelve a enviarlo.
    .way = { -way-status }
fail-3 = A la app le falta un permiso para esto.
    .do = Crea un token con el permiso whatsapp_business_messaging y dáselo a recado: recado number set NÚMERO --access-token-file ARCHIVO
    .way = { -way-token }
fail-4 = La app hizo demasiadas llamadas a Meta.
    .do = { -wait-hour }
fail-4-2390008 = La app preguntó demasiadas veces por el permiso para llamar.
    .do = Espera hasta una hora antes de volver a preguntar.
fail-10 = El token no tiene permiso para esto.
    .do = Da al usuario del sistema control total de la cuenta de WhatsApp, crea un token nuevo y dáselo a recado.
    .way = { -way-assets }
fail-17 = El usuario del token hizo demasiadas llamadas a Meta.
    .do = { -wait-hour }
fail-33 = Meta no encuentra el número o la cuenta, o el token no puede verlos.
    .do = Revisa el identificador del número y el de la cuenta, y que el usuario del sistema tenga acceso a esta cuenta de WhatsApp.
    .way = { -way-assets }
fail-100 = Meta no aceptó un dato del mensaje.
    .do = Los detalles dicen cuál; corrígelo y vuelve a enviarlo.
fail-102 = La sesión del token terminó.
    .do = { -new-token }
    .way = { -way-token }
fail-104 = Meta pide una prueba de la clave secreta en cada llamada.
    .do = Desactiva «Exigir clave secreta de la app» en Meta, o da a recado un token de otra app.
    .way = { -way-app-secret }
fail-190 = El token de acceso ya no vale.
    .do = { -new-token }
    .way = { -way-token }
fail-190-458 = La app fue retirada del negocio, y su token con ella.
    .do = Vuelve a asignar la app al usuario del sistema, crea un token nuevo y dáselo a recado.
    .way = { -way-token }
fail-190-459 = Facebook detuvo al usuario del token hasta que confirme quién es.
    .do = Esa persona entra en facebook.com y hace lo que se le pide; después crea un token nuevo, mejor de un usuario del sistema.
    .way = { -way-token }
fail-190-460 = El token murió porque su dueño cambió la contraseña.
    .do = Crea un token de un usuario del sistema, que no depende de ninguna contraseña, y dáselo a recado.
    .way = { -way-token }
fail-190-463 = El token de acceso venció.
    .do = Crea uno que no venza (de un usuario del sistema, con caducidad «Nunca») y dáselo a recado: recado number set NÚMERO --access-token-file ARCHIVO
    .way = { -way-token }
fail-190-464 = El usuario del token no confirmó su cuenta de Facebook.
    .do = Esa persona entra en facebook.com y confirma la cuenta; después crea un token nuevo, mejor de un usuario del sistema.
    .way = { -way-token }
fail-190-467 = El token de acceso fue anulado.
    .do = { -new-token }
    .way = { -way-token }
fail-190-492 = El usuario del token perdió su rol en el negocio.
    .do = Devuélvele el rol, o crea un token de un usuario del sistema, y dáselo a recado.
    .way = { -way-token }
fail-200 = Al token le falta un permiso, o el acceso a esta cuenta de WhatsApp.
    .do = Da al usuario del sistema control total de la cuenta de WhatsApp, crea un token con los dos permisos de WhatsApp y dáselo a recado.
    .way = { -way-assets }
fail-341 = La app llegó a un límite de Meta.
    .do = { -wait-hour }
fail-368 = Meta bloqueó la cuenta por un tiempo por incumplir sus normas.
    .do = Mira qué norma fue, pide una revisión si es un error y no envíes plantillas hasta que se levante.
    .way = { -way-support-home }
fail-506 = Meta lo toma por una repetición del anterior.
    .do = No hay que hacer nada; cambia las palabras si de verdad quieres enviarlo dos veces.
fail-613 = Demasiadas llamadas de este tipo a Meta.
    .do = { -wait-hour }
fail-803 = Meta no encuentra lo que la petición nombra.
    .do = Revisa el identificador del número y el de la cuenta.
    .way = { -way-numbers }
fail-80007 = La cuenta de WhatsApp llegó al límite de llamadas de Meta.
    .do = { -wait-hour }
fail-80008 = La cuenta de WhatsApp llegó al límite de llamadas de administración de Meta.
    .do = { -wait-hour }

## Velocidad, calidad, normas

fail-130429 = El número envía más rápido de lo que Meta le permite.
    .do = No hay que hacer nada: recado va más despacio y lo reintenta solo. Si aun así falló, vuelve a enviarlo en un rato.
fail-130497 = Meta no permite a este negocio escribir a clientes de ese país.
    .do = Usa otra vía para este cliente; las normas de mensajes de Meta nombran los países.
    .way = { -way-support-home }
fail-131031 = La cuenta está bloqueada o los datos no coinciden (un PIN equivocado, por ejemplo).
    .do = Mira por qué está bloqueada y pide una revisión; no envíes plantillas hasta que se desbloquee.
    .way = { -way-support-home }
fail-131048 = Meta limitó el número por quejas de clientes.
    .do = Deja las campañas por unos días y revisa la calidad del número.
    .way = { -way-quality }
fail-131056 = Demasiados mensajes seguidos a este cliente.
    .do = Espera un momento: recado lo reintenta solo y los demás clientes no esperan. Si aun así falló, vuelve a enviarlo.
fail-131064 = Meta limitó la cuenta porque hay plantillas en una categoría equivocada.
    .do = Corrige las categorías de las plantillas; el límite se levanta solo.
    .way = { -way-templates }

## Envío

fail-1026 = El WhatsApp del cliente no puede recibir esto.
    .do = Pide al cliente que actualice WhatsApp, o envíalo de otra forma.
fail-130403 = Tienes bloqueado a este cliente.
    .do = Desbloquéalo y vuelve a enviarlo.
    .way = { -way-blocked }
fail-130472 = Meta dejó al cliente fuera de la publicidad por un experimento.
    .do = Espera a que te escriba.
fail-131000 = Meta falló por su lado.
    .do = Vuelve a enviarlo; si sigue igual, mira la página de estado de Meta.
    .way = { -way-status }
fail-131005 = El token no tiene acceso a este número.
    .do = Da al usuario del sistema control total de la cuenta de WhatsApp, crea un token nuevo y dáselo a recado.
    .way = { -way-assets }
fail-131008 = Al mensaje le falta un dato que Meta exige.
    .do = Los detalles dicen cuál; complétalo y vuelve a enviarlo.
fail-131009 = Meta no aceptó un dato del mensaje.
    .do = Los detalles dicen cuál. Una reacción solo va sobre un mensaje de los últimos 30 días.
fail-131016 = El servicio de Meta no responde ahora.
    .do = { -by-itself }
    .way = { -way-status }
fail-131020 = El grupo no tiene otro miembro.
    .do = Escribe directamente a la persona.
fail-131021 = No puedes escribirte a tu propio número.
    .do = Elige otro destinatario.
fail-131026 = No se pudo entregar: quizá el número no usa WhatsApp, no aceptó sus términos, tiene una versión antigua o te bloqueó.
    .do = Revisa el número y pide al cliente que escriba primero.
fail-131030 = El número de prueba solo escribe a los destinatarios de su lista.
    .do = Agrega al cliente a la lista (cinco como mucho), o usa un número real.
    .way = { -way-testers }
fail-131037 = El número aún no tiene un nombre visible aprobado.
    .do = Pide la aprobación del nombre visible y vuelve a enviarlo después.
    .way = { -way-name }
fail-131041 = Meta no conoce este grupo.
    .do = El grupo ya no existe o nunca fue tuyo: escribe directamente a las personas.
fail-131042 = Hay un problema de pago con Meta.
    .do = Agrega o corrige el método de pago; las respuestas a clientes aún pueden salir, las plantillas no.
    .way = { -way-payment }
fail-131044 = Hay un problema de pago de las llamadas.
    .do = Agrega o corrige el método de pago.
    .way = { -way-payment }
fail-131045 = El número no está bien registrado en la nube de WhatsApp.
    .do = Registra el número otra vez (recado explain 133010 dice cómo) y vuelve a enviarlo.
    .way = { -way-number }
fail-131047 = No se entregó: pasaron más de 24 horas desde que el cliente escribió.
    .do = Solo una plantilla aprobada puede reabrir la conversación.
fail-131049 = Meta no lo entregó para no cansar al cliente con mensajes.
    .do = Espera al menos un día antes de volver a intentarlo.
fail-131050 = El cliente no quiere recibir más publicidad tuya.
    .do = Escríbele solo cuando te escriba.
fail-131051 = WhatsApp no admite este tipo de mensaje.
    .do = Envíalo de otra forma, por ejemplo como texto.
fail-131052 = No se pudo descargar el archivo del cliente.
    .do = Pide al cliente que lo envíe otra vez; WhatsApp admite archivos de hasta 100 MB.
fail-131053 = Meta no pudo leer el archivo.
    .do = Revisa su tipo y su tamaño, y vuelve a enviarlo.
fail-131055 = Por esta vía solo salen plantillas de publicidad.
    .do = Envíalo como mensaje normal.
fail-131057 = Meta está cambiando algo en la cuenta.
    .do = Tarda uno o dos minutos y se reintenta solo; si aun así falló, vuelve a enviarlo.
fail-131059 = La lista de Meta cambió entretanto.
    .do = Empieza la lista otra vez.
fail-131060 = El cliente escribió desde un dispositivo cuyo mensaje no se puede mostrar aquí.
    .do = Pide al cliente que lo envíe otra vez desde su teléfono.
fail-131062 = Este mensaje no puede ir a un nombre de usuario: necesita el número de teléfono.
    .do = Pide al cliente su número y escríbele a ese número.
fail-131063 = Las plantillas de publicidad están desactivadas en esta cuenta.
    .do = Permite los mensajes de publicidad en la configuración de la cuenta, o envía una plantilla de utilidad.
    .way = { -wm } › Herramientas de la cuenta › Configuración › Mensajes de marketing
fail-134011 = El negocio no aceptó las condiciones de pagos de WhatsApp.
    .do = Acéptalas (los detalles traen un enlace) y vuelve a enviarlo.
    .way = { -way-payment-terms }
fail-134100 = Por esta vía solo salen plantillas de publicidad.
    .do = Envíalo como mensaje normal.
fail-134101 = Meta todavía está preparando la plantilla.
    .do = Espera diez minutos y vuelve a enviarla.
fail-134102 = La plantilla no está disponible.
    .do = Mira su estado, o elige otra plantilla.
    .way = { -way-templates }
fail-134103 = La plantilla no puede salir por esta vía.
    .do = Mira su estado, o elige otra plantilla.
    .way = { -way-templates }
fail-135000 = Meta no aceptó algo del mensaje.
    .do = Quizá los detalles digan qué; hazlo más sencillo y vuelve a enviarlo.
fail-137000 = El cliente quizá cambió de teléfono o reinstaló WhatsApp: su identidad es otra.
    .do = Asegúrate de que es la misma persona y vuelve a enviarlo.

## Plantillas y flows

fail-132000 = Faltan o sobran datos en la plantilla.
    .do = Rellena todos sus datos y envíala otra vez.
fail-132001 = La plantilla no existe en ese idioma o no está aprobada.
    .do = Elige otra plantilla, o espera unos minutos tras su aprobación.
    .way = { -way-templates }
fail-132005 = Con sus datos la plantilla es demasiado larga.
    .do = Acorta los datos y envíala otra vez.
fail-132007 = La plantilla incumple una norma de WhatsApp.
    .do = Lee el motivo junto a la plantilla y usa otra mientras tanto.
    .way = { -way-templates }
fail-132008 = Un dato de la plantilla está escrito de una forma que Meta rechaza.
    .do = Quita saltos de línea, tabulaciones y espacios seguidos, y envíala otra vez.
fail-132012 = Un dato de la plantilla no es del tipo que la plantilla pide.
    .do = Da una imagen donde pide imagen y texto donde pide texto, y envíala otra vez.
fail-132015 = Meta puso la plantilla en pausa por baja calidad.
    .do = Espera de tres a seis horas, edítala o usa otra.
    .way = { -way-templates }
fail-132016 = Meta desactivó la plantilla para siempre por su calidad.
    .do = Crea una plantilla nueva con otras palabras.
    .way = { -way-templates }
fail-132018 = Un dato de la plantilla no es válido.
    .do = Los detalles dicen cuál; corrígelo y envíala otra vez.
fail-132068 = Meta bloqueó el flow de esta plantilla.
    .do = Corrige el flow, o envía un mensaje sin él.
    .way = { -way-flows }
fail-132069 = Meta frenó el flow a diez mensajes por hora.
    .do = Espera una hora y corrige el flow.
    .way = { -way-flows }
fail-139000 = Meta bloqueó el flow: no pasa sus pruebas.
    .do = Mira qué tiene mal el flow y corrígelo.
    .way = { -way-flows }
fail-139001 = El flow no se puede cambiar.
    .do = Un flow publicado queda como está: haz una copia y cambia esa.
    .way = { -way-flows }
fail-139002 = El flow no se puede publicar.
    .do = Corrige lo que el editor marca en rojo y publícalo después.
    .way = { -way-flows }
fail-139003 = El flow no se puede retirar.
    .do = Solo se retira un flow publicado; mira su estado.
    .way = { -way-flows }
fail-139004 = El flow no se puede borrar.
    .do = Solo se borra un borrador: retira el flow en su lugar.
    .way = { -way-flows }
fail-139006 = El flow tiene muy pocos usos para dar cifras.
    .do = Espera a que lo usen más clientes.
    .way = { -way-flows }
fail-200002 = La plantilla no se puede crear así.
    .do = Los detalles dicen por qué; corrige la plantilla.
    .way = { -way-templates }
fail-200005 = No hay cifras de esta plantilla.
    .do = Confirma una vez las estadísticas de plantillas; desde entonces Meta cuenta.
    .way = { -way-insights }
fail-200006 = Las estadísticas de plantillas no se pueden desactivar.
    .do = No hay que hacer nada: Meta las deja activas.
fail-200007 = Las estadísticas de plantillas no están activas.
    .do = Confirma una vez las estadísticas de plantillas; desde entonces Meta cuenta.
    .way = { -way-insights }
fail-2388019 = La cuenta tiene todas las plantillas que Meta permite.
    .do = Borra plantillas que nadie usa.
    .way = { -way-templates }
fail-2388023 = Una plantilla con ese nombre se está borrando.
    .do = Usa otro nombre, o espera 30 días.
fail-2388024 = Ya hay una plantilla con ese nombre en este idioma.
    .do = Cambia esa, o usa otro nombre.
    .way = { -way-templates }
fail-2388039 = La plantilla no se puede cambiar ahora.
    .do = Espera un día: una plantilla aprobada se cambia una vez al día y diez en 30 días.
fail-2388040 = Una parte de la plantilla es demasiado larga.
    .do = Acórtala.
fail-2388047 = Meta no acepta el encabezado de la plantilla.
    .do = Corrígelo: 60 letras como mucho, sin emojis ni saltos de línea.
fail-2388072 = Meta no acepta el texto de la plantilla.
    .do = Corrígelo: 1.024 letras como mucho, y no más de dos saltos de línea seguidos.
fail-2388073 = Meta no acepta el pie de la plantilla.
    .do = Corrígelo: 60 letras como mucho, sin variables.
fail-2388109 = La plantilla no se puede crear ahora.
    .do = Los detalles dicen por qué; corrige la plantilla o espera lo que digan.
    .way = { -way-templates }
fail-2388293 = La plantilla tiene demasiadas variables para tan poco texto.
    .do = Escribe más palabras entre las variables.
fail-2388299 = Hay una variable al principio o al final de la plantilla.
    .do = Pon palabras antes de la primera variable y después de la última.

## El número: registro, verificación, traslado

fail-133000 = Una baja anterior del número no terminó.
    .do = Da de baja el número una vez más y regístralo después.
    .way = { -way-number }
    .page =
        1. Mira el estado del número: { -way-number }. Debe decir Desconectado o Pendiente.
        2. Dalo de baja otra vez: recado number disconnect NÚMERO --deregister
        3. Espera cinco minutos.
        4. Regístralo: recado explain 133010 dice cómo.
        5. Si vuelve a fallar, pregunta al soporte de Meta con este código: { -way-support }
fail-133004 = El servidor de Meta no está disponible.
    .do = { -by-itself }
    .way = { -way-status }
    .page =
        1. Mira si Meta tiene una avería: { -way-status }
        2. Espera a que pase; lo que está en cola sale solo.
        3. Si estabas registrando el número, repite el mismo paso tras unos minutos. Cuenta entre los diez intentos por 72 horas, así que no tengas prisa.
fail-133005 = El PIN de la verificación en dos pasos no es correcto.
    .do = Escribe el PIN correcto, o pon uno nuevo.
    .way = { -way-two-step }
    .page =
        1. Busca el PIN de seis cifras que se puso al registrar el número (recado lo mostró una vez; quizá lo puso otro proveedor).
        2. ¿Nadie lo tiene? Abre { -way-two-step } y desactívala. Meta envía un correo a los administradores del negocio; abre su enlace.
        3. Registra el número otra vez con un PIN que elijas y guárdalo en un lugar seguro.
        4. No pruebes al azar: tras unos cuantos PIN equivocados Meta te hace esperar (código 133008).
fail-133006 = Hay que verificar el número antes de registrarlo.
    .do = Pide un código por SMS o llamada, escríbelo y registra el número.
    .way = { -way-number }
    .page =
        1. Ten a mano la SIM o el teléfono: Meta envía un código de seis cifras.
        2. Abre { -way-numbers }. Junto al número pulsa Verificar y elige SMS o llamada. recado connect hace lo mismo desde la terminal.
        3. Escribe el código antes de diez minutos.
        4. Registra el número: recado explain 133010 dice cómo.
fail-133008 = Demasiados PIN equivocados: Meta no acepta ninguno por un tiempo.
    .do = Espera lo que digan los detalles y escribe entonces el PIN correcto.
    .way = { -way-two-step }
    .page =
        1. Mira en los detalles cuánto hay que esperar; cada intento más lo alarga.
        2. Mientras tanto busca el PIN correcto, o desactiva la verificación en dos pasos: { -way-two-step }. Los administradores lo confirman por correo.
        3. Cuando pase el tiempo, registra el número una sola vez, con el PIN correcto.
fail-133009 = Se probaron PIN demasiado rápido, uno tras otro.
    .do = Espera lo que digan los detalles y escribe el PIN una sola vez.
    .way = { -way-two-step }
    .page =
        1. Espera lo que digan los detalles; unos minutos si no dicen nada.
        2. Mientras tanto asegúrate del PIN. ¿Nadie lo tiene? Desactívalo: { -way-two-step }
        3. Escríbelo una vez, sin prisa.
fail-133010 = El número no está registrado en la nube de WhatsApp.
    .do = Regístralo con su PIN; recado connect lo hace, y recado explain 133010 muestra cada paso.
    .way = { -way-number }
    .page =
        1. Mira el número: { -way-number }. Debe estar verificado; si no lo está: recado explain 133006.
        2. Si el número aún se usa en la app WhatsApp o WhatsApp Business de un teléfono, elimina allí esa cuenta antes: Ajustes › Cuenta › Eliminar cuenta. Sus chats se pierden en ese teléfono: guárdalos primero.
        3. Regístralo: recado connect --number NÚMERO
        4. El PIN lo eliges tú si el número no tiene ninguno; guárdalo en un lugar seguro.
        5. Un minuto después el número dice Conectado, y lo que estaba en cola sale.
fail-133015 = El número se borró hace poco y Meta aún no ha terminado.
    .do = Espera cinco minutos y regístralo otra vez.
    .way = { -way-numbers }
    .page =
        1. Espera cinco minutos; Meta sigue borrando el número.
        2. Comprueba que ya no esté en { -way-numbers }
        3. Agrégalo allí otra vez con Agregar número de teléfono, verifícalo y regístralo: recado explain 133010.
fail-133016 = El número se registró o se dio de baja diez veces en 72 horas.
    .do = Espera 72 horas antes de registrarlo otra vez.
    .way = { -way-number }
    .page =
        1. No lo intentes más: Meta no acepta ningún registro de este número hasta 72 horas después del primero de los diez.
        2. Aprovecha para averiguar por qué fallaba: recado explain con el código de los intentos anteriores (casi siempre 133005 o 133006).
        3. Tras 72 horas regístralo una sola vez.
        4. Si el número ya dice Conectado en { -way-number }, no hace falta registrarlo.
fail-136024 = Meta no pudo enviar el código de verificación.
    .do = Espera una hora y pídelo de nuevo por la otra vía: llamada en vez de SMS.
    .way = { -way-number }
    .page =
        1. Revisa el número: con el código de país, capaz de recibir SMS o llamadas, sin contestador automático ni menú, y que no sea un número corto.
        2. Pídelo por la otra vía: una llamada si el SMS no llegó. En un teléfono fijo, siempre llamada.
        3. Tras varios intentos Meta te hace esperar: una hora, a veces un día. No vuelvas a pedirlo antes.
        4. ¿El número se usa en la app WhatsApp? Elimina allí la cuenta antes: Ajustes › Cuenta › Eliminar cuenta.
        5. La página de Meta para esto: { -way-number } › Verificar
fail-136025 = Meta no aceptó el código de verificación.
    .do = Pide un código nuevo y escríbelo antes de diez minutos.
    .way = { -way-number }
    .page =
        1. Escribe el código más reciente: cada uno anula los anteriores.
        2. Solo las seis cifras, sin el guion.
        3. ¿Pasaron más de diez minutos? Pide uno nuevo: { -way-number } › Verificar, o recado connect.
        4. Tras tres códigos equivocados espera una hora antes de pedir otro.
fail-2388001 = Meta quiere que se confirme al dueño del número o que se desactive su verificación en dos pasos.
    .do = Desactiva la verificación en dos pasos donde está ahora el número y vuelve a intentarlo.
    .way = { -way-two-step }
    .page =
        1. Donde está ahora el número (tu cuenta o la del proveedor anterior), abre { -way-two-step } y desactívala.
        2. Si lo tiene otro proveedor, pídele que lo haga; le lleva un minuto.
        3. Empieza otra vez con el código de verificación.
fail-2388012 = El número ya está en tu lista.
    .do = No hay que agregarlo: elígelo en la lista.
    .way = { -way-numbers }
fail-2388091 = El número no puede recibir ahora un código de verificación.
    .do = No se está agregando ni trasladando: empieza por agregarlo y pide después el código.
    .way = { -way-numbers }
fail-2388093 = El número no puede recibir ahora un código de verificación.
    .do = No se está agregando ni trasladando: empieza por agregarlo y pide después el código.
    .way = { -way-numbers }
fail-2388103 = El número no se puede trasladar a esta cuenta.
    .do = Los detalles dicen qué condición falta; arréglala y traslada el número otra vez.
    .way = { -way-accounts }
    .page =
        1. Las dos cuentas necesitan una revisión aprobada y el negocio verificado: { -way-accounts }
        2. Las dos necesitan un método de pago: { -way-payment }
        3. El número debe estar registrado donde está, y con la verificación en dos pasos desactivada: { -way-two-step }
        4. El nombre del negocio debe ser el mismo en las dos cuentas.
        5. Empieza después el traslado otra vez.
fail-2494100 = Meta está haciendo mantenimiento del número.
    .do = Tarda unos minutos y se reintenta solo; si aun así falló, vuelve a enviarlo.
fail-2593079 = El número no se pudo trasladar de una cuenta a otra.
    .do = Los detalles dicen por qué; arréglalo y traslada el número otra vez.
    .way = { -way-accounts }
fail-2593085 = La cuenta no se pudo trasladar a su dueño.
    .do = Los detalles dicen por qué; arréglalo y empieza otra vez, o pregunta al soporte de Meta.
    .way = { -way-support }
fail-2593107 = Las conversaciones del teléfono ya se entregaron.
    .do = Solo una conexión nueva de la app del teléfono las entrega otra vez: desconéctala y conéctala de nuevo.
fail-2593108 = Pasaron más de 24 horas desde que se conectó la app del teléfono.
    .do = Desconecta la app del teléfono y conéctala de nuevo; entonces se entregan sus conversaciones.
fail-2593109 = El dueño del teléfono no aceptó entregar sus conversaciones.
    .do = Conecta otra vez la app del teléfono y acepta compartir las conversaciones.
fail-139100 = Algunos clientes no se pudieron bloquear o desbloquear.
    .do = Los detalles dicen cuáles; prueba otra vez con ellos. Solo se bloquea a quien escribió en las últimas 24 horas.
fail-139101 = La lista de clientes bloqueados está llena.
    .do = Desbloquea antes a alguien: Meta guarda 64.000 como mucho.
    .way = { -way-blocked }
fail-139102 = La lista de clientes bloqueados estaba cambiando en ese momento.
    .do = Inténtalo otra vez en un momento.
fail-139103 = La lista de clientes bloqueados no se pudo cambiar.
    .do = Inténtalo otra vez en unos minutos.
fail-141002 = La plantilla no está aprobada.
    .do = Espera su aprobación, o elige otra.
    .way = { -way-templates }
fail-141006 = Hay un problema de pago con Meta.
    .do = Agrega o corrige el método de pago.
    .way = { -way-payment }
fail-141010 = Meta todavía no permite a este negocio enviar.
    .do = Termina lo que WhatsApp Manager pide al negocio, casi siempre su verificación.
    .way = { -bs } › Centro de seguridad › Iniciar verificación
fail-147001 = Otra persona tiene ese nombre de usuario.
    .do = Elige otro nombre de usuario.
    .way = { -way-username }
fail-147002 = Este número no puede tener ese nombre de usuario.
    .do = El número necesita un nombre visible aprobado y estar conectado; o elige otro nombre de usuario.
    .way = { -way-username }
fail-147003 = El nombre de usuario es de una página de Facebook que no está vinculada.
    .do = Vincula la página de Facebook con el negocio, o elige otro nombre.
    .way = { -bs } › Cuentas › Páginas
fail-147004 = El nombre de usuario es de una cuenta de Instagram que no está vinculada.
    .do = Vincula la cuenta de Instagram con el negocio, o elige otro nombre.
    .way = { -bs } › Cuentas › Cuentas de Instagram
fail-147005 = El nombre de usuario está en uso en otro número tuyo.
    .do = Pásalo de ese número a este.
    .way = { -way-username }
fail-1752041 = Esto ya se había pedido a Meta.
    .do = No hay que hacer nada.

## Grupos

fail-131201 = El grupo solo cambió en parte.
    .do = Los detalles dicen con quién falló; prueba otra vez con ellos.
fail-131202 = La persona está repetida, o ya está en el grupo.
    .do = No hay que hacer nada, o quita el nombre repetido.
fail-131204 = El grupo está lleno, o son demasiadas personas.
    .do = Saca a alguien, o crea otro grupo.
fail-131207 = Meta suspendió el grupo.
    .do = Escribe directamente a las personas.
fail-131208 = Demasiados cambios de grupos en poco tiempo.
    .do = Espera unos minutos y vuelve a intentarlo.
fail-131209 = Meta no acepta la foto del grupo.
    .do = Elige una foto cuadrada en JPEG de menos de 5 MB.
fail-131210 = La foto del grupo no se pudo cambiar.
    .do = Inténtalo otra vez en unos minutos con una foto en JPEG.
fail-131211 = El número ya creó todos los grupos que puede.
    .do = Borra un grupo que ya no haga falta, o espera.
fail-131212 = La persona no está en el grupo.
    .do = No hay que hacer nada.
fail-131213 = No hay tal solicitud para unirse.
    .do = La persona la retiró, o ya se respondió.
fail-131214 = Este número no puede crear grupos.
    .do = Solo pueden algunos negocios; el soporte de Meta dice si el tuyo puede.
    .way = { -way-support }
fail-131215 = Este número no puede usar grupos.
    .do = Solo pueden algunos negocios; el soporte de Meta dice si el tuyo puede.
    .way = { -way-support }

## Familias enteras

fail-permission = Al token le falta un permiso para esto.
    .do = Da al usuario del sistema control total de la cuenta de WhatsApp, crea un token con los dos permisos de WhatsApp y dáselo a recado.
    .way = { -way-assets }
fail-group = Meta no aceptó esto para el grupo.
    .do = Los detalles dicen por qué; escribe a las personas una por una si es importante.
fail-call = Meta no aceptó esta llamada.
    .do = Los detalles dicen por qué; escribe un mensaje en su lugar.
fail-flow = Meta no aceptó este flow.
    .do = Mira su estado, o escribe un mensaje normal en su lugar.
    .way = { -way-flows }
fail-username = Meta no aceptó este nombre de usuario.
    .do = Elige otro nombre de usuario.
    .way = { -way-username }
fail-signup = El formulario de registro de Meta no está bien configurado.
    .do = Termina su configuración en la app: sus condiciones, sus direcciones https y su configuración de inicio.
    .way = { -way-signup }
fail-setting = Meta no aceptó este cambio de una plantilla o de un número.
    .do = Los detalles dicen por qué; corrígelo en WhatsApp Manager.
    .way = { -wm }

## Motivos propios de recado

fail-our-unreached = No se llega a Meta desde este equipo.
    .do = No hay que hacer nada: recado lo vuelve a intentar solo. Si sigue así, revisa la red del equipo.
fail-our-answer-lost = La respuesta se perdió por el camino.
    .do = No se sabe si Meta lo tiene: pregunta al cliente, o espera un aviso, antes de enviarlo otra vez.
fail-our-not-called = No se pudo llamar a Meta.
    .do = El registro de recado dice por qué; arréglalo y vuelve a enviarlo.
fail-our-no-answer = Respondió algo que no es Meta.
    .do = Revisa graph.base_url y graph.version en la configuración, y cualquier proxy en el camino a Meta.
fail-our-reaction-too-early = El mensaje al que reaccionas aún no llegó a WhatsApp.
    .do = Espera a que salga y reacciona otra vez.
fail-our-unsendable = Este tipo de mensaje no se puede enviar.
    .do = Envíalo de otra forma, por ejemplo como texto.
fail-our-file-lost = El archivo no llegó a Meta.
    .do = Revisa la red del equipo y vuelve a enviarlo.
fail-our-file-refused = WhatsApp no admite este archivo.
    .do = Los detalles dicen por qué: otro tipo, un archivo más pequeño, o como documento.
fail-our-several-files = Todavía no se puede enviar una plantilla con varios archivos propios.
    .do = Da enlaces a las imágenes de sus tarjetas en vez de archivos.
fail-our-file-gone = El archivo ya no está aquí.
    .do = Se quitó para hacer sitio, como dice la configuración: adjúntalo otra vez.
fail-our-number-removed = El número se quitó de recado.
    .do = Agrega el número otra vez, o escribe desde otro.
