/** Whether the browser shows notifications. `refused`: in its own settings. `not-asked`: it has not asked the reader yet. */
export type Permission = 'allowed' | 'refused' | 'not-asked' | 'unsupported';
