/** Words of opening the reports with the password, once a page has been loaded again. */
export const UNLOCK = {
  title: 'Ouvrir les signalements',
  why: 'Les signalements sont chiffrés. Votre mot de passe les ouvre sur cet appareil.',
  until: 'Ils se referment quand vous verrouillez la page, ou quand vous partez.',
  submit: 'Ouvrir les signalements',
  opened: 'Les signalements sont ouverts.',
  faults: {
    wrong: 'Ce mot de passe ne convient pas. Essayez de nouveau.',
    'too-many': 'Trop d’essais. Attendez quelques minutes, puis recommencez.',
    broken:
      'Le mot de passe est juste, mais votre clé privée ne s’ouvre pas. Essayez sur un autre appareil. Si rien ne change, prévenez un coordinateur.',
    'old-browser':
      'Ce navigateur ne sait pas ouvrir les signalements. Mettez-le à jour, ou essayez avec Firefox, Chrome ou Safari.',
    offline: 'La connexion est coupée : le mot de passe n’a pas pu être vérifié. Essayez de nouveau.',
    failed: 'Une erreur est survenue. Essayez de nouveau dans un instant.',
  },
} as const;
