/** The style of every page of both servers; `--hue` tells them apart. */
export const styles = `
:root {
  color-scheme: light dark;
  --page: hsl(var(--hue) 35% 96%);
  --glow: hsl(var(--hue) 80% 88%);
  --card: #fff;
  --text: hsl(var(--hue) 30% 12%);
  --soft: hsl(var(--hue) 10% 38%);
  --line: hsl(var(--hue) 20% 84%);
  --accent: hsl(var(--hue) 60% 30%);
  --on-accent: #fff;
  --hover: hsl(var(--hue) 45% 95%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: hsl(var(--hue) 28% 8%);
    --glow: hsl(var(--hue) 60% 20%);
    --card: hsl(var(--hue) 22% 13%);
    --text: hsl(var(--hue) 20% 94%);
    --soft: hsl(var(--hue) 12% 70%);
    --line: hsl(var(--hue) 16% 28%);
    --accent: hsl(var(--hue) 80% 76%);
    --on-accent: hsl(var(--hue) 50% 10%);
    --hover: hsl(var(--hue) 22% 18%);
  }
}
* { box-sizing: border-box; }
body {
  margin: 0;
  min-height: 100vh;
  display: flex;
  flex-direction: column;
  align-items: center;
  justify-content: safe center;
  gap: 20px;
  padding: 24px 16px;
  background: radial-gradient(60rem 30rem at 50% -10rem, var(--glow), transparent) var(--page);
  color: var(--text);
  font: 16px/1.5 system-ui, sans-serif;
}
header { display: flex; align-items: center; gap: 10px; text-align: left; }
header svg { flex: none; color: var(--accent); }
header strong { display: block; line-height: 1.2; }
header span { color: var(--soft); font-size: 14px; }
main {
  width: 100%;
  max-width: 400px;
  padding: 28px;
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 16px;
  box-shadow: 0 12px 40px hsl(var(--hue) 40% 20% / 0.12);
}
h1 { margin: 0 0 6px; font-size: 22px; line-height: 1.25; letter-spacing: -0.01em; text-wrap: balance; }
p { margin: 0 0 16px; color: var(--soft); overflow-wrap: anywhere; }
p:last-child { margin-bottom: 0; }
form { display: grid; gap: 10px; margin: 20px 0 0; }
button, .button {
  display: flex;
  align-items: center;
  gap: 12px;
  width: 100%;
  min-height: 52px;
  padding: 8px 14px;
  border: 1px solid var(--line);
  border-radius: 12px;
  background: transparent;
  color: var(--text);
  font: inherit;
  font-weight: 600;
  text-align: left;
  text-decoration: none;
  cursor: pointer;
}
button:hover, .button:hover { background: var(--hover); border-color: var(--accent); }
button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button.primary { justify-content: center; background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.primary:hover { filter: brightness(1.08); }
.button { justify-content: center; }
.face {
  flex: none;
  display: grid;
  place-items: center;
  width: 36px;
  height: 36px;
  border-radius: 50%;
  background: var(--accent);
  color: var(--on-accent);
  font-size: 14px;
  letter-spacing: 0.02em;
}
.face.other { background: transparent; border: 2px solid var(--accent); color: var(--accent); }
.or { display: flex; align-items: center; gap: 12px; margin: 4px 0; color: var(--soft); font-size: 14px; }
.or::before, .or::after { content: ''; flex: 1; border-top: 1px solid var(--line); }
code { padding: 1px 5px; border-radius: 6px; background: var(--hover); color: var(--text); font-size: 14px; overflow-wrap: anywhere; }
footer { max-width: 400px; color: var(--soft); font-size: 13px; text-align: center; }
`;
