/** The only source of "now". Tests give a fixed one. */
export type Clock = () => Date;
