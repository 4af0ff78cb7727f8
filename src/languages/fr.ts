import type { Texts } from './texts.js';

/** French. */
export const texts: Texts = {
  lang: 'fr',
  dir: 'ltr',
  askSave: 'Enregistrer votre travail avant de vous déconnecter ?',
  askLose: 'Vous déconnecter sans enregistrer votre travail ?',
  atStake: 'Vous pourriez perdre :',
  thisTab: 'Cet onglet',
  cannotSave: 'Impossible à enregistrer d’ici. Ce travail sera perdu à la déconnexion.',
  unknown: 'Un autre onglet ne répond pas. Il contient peut-être du travail non enregistré.',
  saveFailed: 'L’enregistrement a échoué.',
  alsoProvider: 'Vous serez aussi déconnecté de {provider} dans ce navigateur.',
  save: 'Enregistrer et se déconnecter',
  discard: 'Se déconnecter sans enregistrer',
  cancel: 'Annuler',
  saving: 'Enregistrement de votre travail…',
  savingNote: 'Vous serez déconnecté dès que ce sera terminé.',
  saved: 'Enregistré',
  ended: 'Vous êtes déconnecté de cette application',
  incomplete: 'Vous n’êtes pas complètement déconnecté',
  kept: 'Vous êtes toujours connecté',
  user: 'Vous vous êtes déconnecté.',
  idle: 'Vous avez été déconnecté après un moment d’inactivité.',
  expired: 'Vous avez été déconnecté car la durée de votre session était écoulée.',
  forced: 'L’application vous a déconnecté.',
  tabs: { one: 'Dans {n} onglet', other: 'Dans {n} onglets' },
  application: 'Cette application',
  provider: 'Le compte avec lequel vous vous êtes connecté',
  applicationEnded: 'Session terminée dans ce navigateur.',
  applicationIncomplete:
    'Tout n’a pas pu être effacé de ce navigateur. Déconnectez-vous encore une fois.',
  requested: 'La déconnexion a été demandée.',
  auth0Kept:
    'Vous êtes toujours connecté chez Auth0 : la prochaine connexion ne demandera peut-être pas votre mot de passe.',
  providerKept:
    'Vous êtes toujours connecté à {provider} dans ce navigateur. Pour y mettre fin aussi, déconnectez-vous là-bas.',
  providerUnknown:
    'Si vous avez utilisé un compte d’un autre service, vous y êtes toujours connecté.',
  otherUnknown: 'N’a rien confirmé. Vous y êtes peut-être encore connecté.',
  unverified:
    'Vous êtes revenu ici par un chemin inattendu : une demande n’est peut-être pas arrivée.',
  unsaved: 'Ceci n’a pas pu être enregistré :',
  login: 'Se reconnecter',
  endRest: 'Terminer les autres sessions',
};
