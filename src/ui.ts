export { askUnsavedWork, type AskUnsavedWorkOptions } from './ui/ask-unsaved-work.js';
export { showSaving, type SavingView } from './ui/show-saving.js';
export { renderReceipt, type ReceiptOptions, type ReceiptToShow } from './ui/render-receipt.js';
export { setTexts, useLanguage } from './ui/load-texts.js';
export type { LanguageTag } from './ui/language-files.js';
export { languageFor } from './ui/language-for.js';
export type { PluralText, Texts } from './languages/texts.js';
export type { UnsavedWork as UnsavedWorkItem } from './outcomes.js';
