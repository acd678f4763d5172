/** Every word about the receipt of a report that a resident reads or hears. */
export const strings = {
  title: 'Votre code de suivi',
  once: 'Ce code ne sera plus affiché. Vous pouvez le noter, le copier ou l’imprimer.',
  copy: 'Copier le code',
  copied: 'Code copié.',
  notCopied: 'La copie ne marche pas ici. Recopiez le code à la main.',
  print: 'Imprimer',
  sheet: {
    title: 'Code de suivi',
    use: 'Ce code permet de lire la suite donnée à votre signalement.',
    keep: 'Gardez-le pour vous : il ne peut pas être redonné.',
  },
} as const;
