/** A day of Europe/Paris, `YYYY-MM-DD`. */
export type LocalDate = string;
/** A time of Europe/Paris, `HH:mm`. */
export type LocalTime = string;
