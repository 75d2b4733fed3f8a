import { element } from './dom';
import { selectField } from './controls';

const THEMES = [
  ['auto', 'Auto'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;
const KEY = 'tensorseed-theme';
const listeners: (() => void)[] = [];

/**
 * Calls `listener` after the colours have changed. Canvases need it, because they do not follow custom
 * properties by themselves.
 */
export function onTheme(listener: () => void): void {
  listeners.push(listener);
}

/** The field to choose between light, dark, and the preference of the system. */
export function themeField(): HTMLElement {
  const field = selectField({ label: 'Theme', options: THEMES, value: remembered(), onInput: choose });
  apply(remembered());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', announce);
  return element('div', { class: 'theme' }, field.root);
}

function choose(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser may forbid a page from a disk to store anything. Then the choice holds until the page is
    // closed.
  }
  apply(theme);
  announce();
}

function apply(theme: string): void {
  document.documentElement.style.colorScheme = theme === 'auto' ? 'light dark' : theme;
}

function announce(): void {
  for (const listener of listeners) listener();
}

function remembered(): string {
  try {
    const theme = localStorage.getItem(KEY);
    return THEMES.some(([one]) => one === theme) ? theme! : 'auto';
  } catch {
    return 'auto';
  }
}
