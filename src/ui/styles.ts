import { element } from './elements.js';

/**
 * One sheet for the dialogs and the receipt, a rule a line: nothing shortens it on its way to the
 * user. The host keeps the page's own rules out, and lets font, direction and colour scheme in. Most
 * colours are the system's, which follow the scheme in every browser that has modal dialogs; two are
 * mixed with the text's, which is readable wherever the text is. A list of several entries scrolls by
 * itself while there is room for it, and the whole dialog where there is not.
 */
const CSS = `:host{all:initial!important;font-family:inherit!important;color-scheme:inherit!important}
*{box-sizing:border-box;margin:0;padding:0}
.os{color-scheme:light dark}
[part~=box]{border:1px solid #8886;border-radius:var(--auth0-logout-radius,16px);background:var(--auth0-logout-background,Canvas);color:var(--auth0-logout-text,CanvasText);padding:24px;font-family:var(--auth0-logout-font,inherit);font-size:max(1rem,16px);line-height:1.5;overflow-wrap:anywhere}
[part~=receipt]{max-width:34em}
dialog{margin:auto;width:min(100% - 32px,27em);max-height:min(100% - 32px,46em);flex-direction:column;box-shadow:0 24px 64px #0006}
[open]{display:flex}
::backdrop{background:var(--auth0-logout-backdrop,#0008);backdrop-filter:blur(3px)}
dialog>:not(ul){flex:none}
h2{font-size:1.3em;line-height:1.3;text-wrap:balance}
p,[part=page]{font-size:.9375em;opacity:.75}
h2~p{margin-top:8px}
ul{margin:12px 0 8px;border:1px solid #8886;border-radius:12px}
dialog>ul:has(li+li){overflow:auto;min-height:7em}
li{display:flex;gap:12px;padding:12px 16px}
li+li{border-top:1px solid #8886}
li>:last-child{flex:1;min-width:0}
[part=label]{display:block;font-weight:600}
[part=badge]{display:inline-block;border:1px solid #8886;border-radius:12px;padding:0 8px;font-size:.8em}
[part=actions]{display:grid;gap:8px;margin-top:16px}
button{min-height:48px;padding:8px 16px;border:1px solid #8886;border-radius:12px;background:0 0;color:inherit;font:inherit;font-weight:600;cursor:pointer}
button:hover{box-shadow:inset 0 0 0 9in #8883}
[part~=primary]{background:var(--auth0-logout-accent,var(--auth0-logout-text,CanvasText));color:var(--auth0-logout-accent-text,var(--auth0-logout-background,Canvas))}
:focus-visible{outline:2px solid var(--auth0-logout-accent,var(--auth0-logout-text,CanvasText));outline-offset:2px}
[part=hint]{display:block;font-weight:400;font-size:.8em}
[part~=icon]{width:1.7em;height:1.7em;border:.15em solid;border-radius:50%;text-align:center;font:700 .875em/1.4 system-ui}
[part~=done]{color:var(--auth0-logout-done,color-mix(in srgb,#22b162 64%,currentcolor))}
[part~=alive],[part~=warning],[part~=discard]{color:var(--auth0-logout-danger,color-mix(in srgb,#ff421c 64%,currentcolor));opacity:1}
@media(max-width:30em){dialog{margin-bottom:16px}}
[part~=receipt]>[part~=note]{margin-top:16px}
@media(max-height:36em){dialog>ul{flex:none}}
@media(forced-colors:active){p,[part=page]{opacity:1}[part~=primary]{background:CanvasText;color:Canvas;forced-color-adjust:none}}`;

let sheet: CSSStyleSheet | undefined;

/**
 * Styles a shadow root by a constructed sheet, which no Content-Security-Policy counts as inline. A
 * browser without those gets a style element: there, a strict policy leaves the dialog unstyled.
 */
export function adoptStyles(root: ShadowRoot): void {
  try {
    if (!sheet) {
      const made = new CSSStyleSheet();
      made.replaceSync(CSS);
      sheet = made;
    }
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(element('style', {}, CSS));
  }
}
