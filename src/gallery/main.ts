import './style.css';
import { showCards } from './cards/cards';
import { element, messageOf } from './dom';
import { PageMachine } from './machine';
import { machineBadge } from './machine_badge';
import { modelPanel } from './panels/model';
import type { Panel } from './panel';
import { reproducibilityPanel } from './panels/reproducibility';
import { themeField } from './theme';
import { throughputPanel } from './panels/throughput';
import { sharedReport } from './verify/shared_report';

declare const __VERSION__: string;

function place(id: string): HTMLElement {
  return document.getElementById(id)!;
}

// The part of the address after # holds the settings. So links within the page scroll without changing it.
for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    const target = place(link.hash.slice(1));
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  });
}

place('theme').append(themeField());
place('footer').append(
  `tensorseed ${__VERSION__}, MIT licence. This page is one file: it makes no request and stores only the choice of its colours.`,
);

sharedReport(place('shared'));

try {
  const machine = await PageMachine.open();
  place('machine').append(machineBadge(machine));
  showCards(place('settings') as HTMLFormElement, place('cards'), machine);
  const panels: readonly (readonly [id: string, panel: Panel])[] = [
    ['reproducibility', reproducibilityPanel],
    ['throughput', throughputPanel],
    ['model', modelPanel],
  ];
  for (const [id, panel] of panels) panel(place(id), machine);
  document.documentElement.dataset.state = 'ready';
} catch (error) {
  place('machine').append(element('p', { class: 'fault' }, messageOf(error)));
}
