import { button } from './controls';
import { element, fill } from './dom';
import type { PageMachine } from './machine';
import { isSoftwareAdapter } from '../index';

/** A badge that says what computes on this page. It is kept up to date. */
export function machineBadge(machine: PageMachine): HTMLElement {
  const root = element('div', { class: 'badge' });
  const show = (): void => {
    const { gpu, cpu, state, status } = machine;
    const name = gpu === undefined ? cpu.description : gpu.description;
    const kind = gpu === undefined ? 'CPU' : 'GPU';
    const words = element('p', {}, element('strong', {}, kind), ` ${name}`);
    if (machine.adapter !== undefined && isSoftwareAdapter(machine.adapter))
      words.append(', a driver that computes on the CPU');
    if (status !== '') words.append(element('span', { class: 'badge-note' }, ` ${status}`));
    fill(
      root,
      element('span', { class: `dot ${gpu === undefined ? 'cpu' : 'gpu'}`, 'aria-hidden': 'true' }),
      words,
    );
    if (state === 'none' && navigator.gpu !== undefined)
      root.append(button('Ask for a GPU again', () => void machine.retry()));
  };
  machine.onChange(show);
  show();
  return root;
}
