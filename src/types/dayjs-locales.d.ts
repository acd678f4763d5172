declare module 'dayjs/locale/fr.js' {
  const locale: ILocale;
  export default locale;
}
