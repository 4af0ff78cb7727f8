export * from './index.js';
export * from './forms.js';
export * from './ui.js';
