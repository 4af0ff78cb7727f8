import { expect } from 'vitest';
import { appTest as test } from '../app/test-app.js';
import { ask, badReceipt, openUi, page, showReceipt, work } from './ui-page.js';

test.for([
  ['ar', 'حفظ وتسجيل الخروج'],
  ['de-AT', 'Speichern und abmelden'],
  ['es', 'Guardar y cerrar sesión'],
  ['fr-CA', 'Enregistrer et se déconnecter'],
  ['it', 'Salva ed esci'],
  ['ja', '保存してログアウト'],
  ['ko', '저장하고 로그아웃'],
  ['nl', 'Opslaan en uitloggen'],
  ['pl', 'Zapisz i wyloguj'],
  ['pt-BR', 'Salvar e sair'],
  ['zh-CN', '保存并退出登录'],
  ['sv', 'Save and log out'],
] as const)('a page in %s is asked with "%s"', async ([lang, save], { app, context }) => {
  const tab = await openUi(app, context, { lang });
  await ask(tab, work);
  const question = page(tab).getByRole('dialog');

  expect(await question.getByRole('button').first().innerText()).toBe(save);
  expect(await question.evaluate((node) => getComputedStyle(node).direction)).toBe(
    lang === 'ar' ? 'rtl' : 'ltr',
  );
  // What a person reads is in one language, but for names.
  if (lang !== 'sv') {
    expect(await question.innerText()).not.toMatch(/\b(tab|save|saved|log|your|answer)\b/);
  }
  expect(await tab.evaluate(() => window.violations)).toEqual([]);
});

test('a language that does not load is English, and the question is not lost', async ({
  app,
  context,
}) => {
  await context.route('**/languages/de.mjs', ({ fail }) => fail());
  const tab = await openUi(app, context, { lang: 'de' });
  await ask(tab, work);
  expect(await page(tab).getByRole('button').last().innerText()).toBe('Cancel');
});

test('a language that does not come in time is English', async ({ app, context }) => {
  await context.route('**/languages/de.mjs', () => {});
  const tab = await openUi(app, context, { lang: 'de' });
  await ask(tab, work);
  expect(await page(tab).getByRole('button').last().innerText()).toBe('Cancel');
});

test('a receipt speaks the language of the place where it is shown', async ({ app, context }) => {
  const tab = await openUi(app, context, { lang: 'en' });
  await tab.evaluate(() => document.querySelector('main')!.setAttribute('lang', 'ar'));
  await showReceipt(tab, badReceipt);
  const section = page(tab).locator('section');
  expect(await section.getAttribute('lang')).toBe('ar');
  expect(await section.evaluate((node) => getComputedStyle(node).direction)).toBe('rtl');
  expect(await section.getByRole('heading').innerText()).toBe('لم يكتمل تسجيل خروجك');
});
