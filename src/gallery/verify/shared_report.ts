import { decodeReport, LINK_KEY } from '../../verify/machine/link';
import type { MachineReport } from '../../verify/machine/report';
import { button } from '../controls';
import { element, fill, messageOf } from '../dom';
import { settings } from '../settings';
import { reportCard } from './report_card';

/** Shows the report that the address holds, if any, in a section that is hidden otherwise. */
export function sharedReport(section: HTMLElement): void {
  let shown = '';
  const renew = async (): Promise<void> => {
    const text = settings.get(LINK_KEY, '');
    shown = text;
    section.hidden = text === '';
    if (text === '') return fill(section);
    const content = await decodeReport(text).then(cardOf, faultOf);
    if (shown === text) fill(section, ...content); // The address may have changed meanwhile.
  };
  settings.onChange((key) => {
    if (key === LINK_KEY) void renew();
  });
  void renew();
}

function cardOf(report: MachineReport): HTMLElement[] {
  return [
    element('h2', { id: 'shared-title' }, 'A result that was shared'),
    element(
      'p',
      { class: 'about' },
      'This is what the link says. Whoever made it could have written anything, so prove your own machine below.',
    ),
    reportCard(report),
    close(),
  ];
}

function faultOf(error: unknown): HTMLElement[] {
  return [
    element('h2', { id: 'shared-title' }, 'A result that was shared'),
    element('p', { class: 'fault', role: 'alert' }, `It cannot be shown: ${messageOf(error)}`),
    close(),
  ];
}

const close = (): HTMLElement =>
  element(
    'div',
    { class: 'row' },
    button('Close', () => settings.set(LINK_KEY, undefined)),
  );
