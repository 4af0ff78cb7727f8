import type { Texts } from './texts.js';

/** German. */
export const texts: Texts = {
  lang: 'de',
  dir: 'ltr',
  askSave: 'Vor dem Abmelden Ihre Arbeit speichern?',
  askLose: 'Abmelden, ohne Ihre Arbeit zu speichern?',
  atStake: 'Verloren gehen könnte:',
  thisTab: 'Dieser Tab',
  cannotSave: 'Lässt sich von hier aus nicht speichern und geht beim Abmelden verloren.',
  unknown: 'Ein anderer Tab antwortet nicht. Vielleicht enthält er ungespeicherte Arbeit.',
  saveFailed: 'Konnte nicht gespeichert werden.',
  alsoProvider: 'Sie werden in diesem Browser auch bei {provider} abgemeldet.',
  save: 'Speichern und abmelden',
  discard: 'Ohne Speichern abmelden',
  cancel: 'Abbrechen',
  saving: 'Ihre Arbeit wird gespeichert …',
  savingNote: 'Sobald das erledigt ist, werden Sie abgemeldet.',
  saved: 'Gespeichert',
  ended: 'Sie sind von dieser Anwendung abgemeldet',
  incomplete: 'Sie sind nicht vollständig abgemeldet',
  kept: 'Sie sind noch angemeldet',
  user: 'Sie haben sich abgemeldet.',
  idle: 'Sie wurden abgemeldet, weil Sie eine Weile nichts getan haben.',
  expired: 'Sie wurden abgemeldet, weil Ihre Zeit abgelaufen war.',
  forced: 'Die Anwendung hat Sie abgemeldet.',
  tabs: { one: 'In {n} Tab', other: 'In {n} Tabs' },
  application: 'Diese Anwendung',
  provider: 'Das Konto, mit dem Sie sich angemeldet haben',
  applicationEnded: 'In diesem Browser beendet.',
  applicationIncomplete:
    'Nicht alles ließ sich aus diesem Browser entfernen. Melden Sie sich noch einmal ab.',
  requested: 'Die Abmeldung wurde angefordert.',
  auth0Kept:
    'Bei Auth0 sind Sie noch angemeldet: Die nächste Anmeldung fragt vielleicht nicht nach Ihrem Passwort.',
  providerKept:
    'Bei {provider} sind Sie in diesem Browser noch angemeldet. Um auch das zu beenden, melden Sie sich dort ab.',
  providerUnknown:
    'Falls Sie sich mit einem Konto von anderswo angemeldet haben, sind Sie dort noch angemeldet.',
  otherUnknown: 'Hat nichts bestätigt. Vielleicht sind Sie dort noch angemeldet.',
  unverified:
    'Sie sind auf unerwartetem Weg hierher zurückgekommen. Vielleicht kam eine Anforderung nicht an.',
  unsaved: 'Das konnte nicht gespeichert werden:',
  login: 'Wieder anmelden',
  endRest: 'Die übrigen Sitzungen beenden',
};
