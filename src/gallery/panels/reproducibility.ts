import { compare } from '../compare/compare';
import { element } from '../dom';
import type { Panel } from '../panel';
import { prove } from '../verify/prove';

/** The panel that proves this machine, and compares its GPU with its CPU. */
export const reproducibilityPanel: Panel = (section, machine) => {
  section.append(
    element('h2', { id: 'reproducibility-title' }, 'Reproducibility'),
    ...prove(machine),
    element('h3', {}, 'GPU and CPU, side by side'),
    ...compare(machine),
  );
};
