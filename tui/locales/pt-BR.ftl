day-today = Today
