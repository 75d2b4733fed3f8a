import { isSoftwareAdapter } from '../../index';
import { element } from '../dom';
import { binaryBytes } from '../numbers';

/** Lists of the adapter's properties, limits and features. */
export function adapterDetails(info: GPUAdapterInfo, device: GPUDevice): HTMLElement {
  const rows: [string, string][] = [
    ['Vendor', info.vendor],
    ['Architecture', info.architecture],
    ['Device', info.device],
    ['Description', info.description],
  ];
  const named = rows.filter(([, value]) => value !== '');
  const software = isSoftwareAdapter(info);
  const features = [...device.features].sort();
  return element(
    'div',
    { class: 'adapter' },
    definitions([...named, ['Kind', kindOf(info, software)]]),
    ...(software
      ? [
          element(
            'p',
            { class: 'adapter-note' },
            'This adapter is a driver that computes on the CPU: what is measured here is no GPU.',
          ),
        ]
      : []),
    details(`Limits of the device (${limitsOf(device).length})`, definitions(limitsOf(device))),
    details(
      `Features (${features.length})`,
      element('ul', { class: 'feature-list' }, ...features.map((name) => element('li', {}, name))),
    ),
  );
}

function kindOf(info: GPUAdapterInfo, software: boolean): string {
  if (software) return 'Software';
  const told = info.isFallbackAdapter !== undefined || info.vendor !== '' || info.description !== '';
  return told ? 'Hardware' : 'This browser does not say';
}

function definitions(rows: readonly (readonly [string, string])[]): HTMLElement {
  return element(
    'dl',
    { class: 'facts' },
    ...rows.map(([term, value]) => element('div', {}, element('dt', {}, term), element('dd', {}, value))),
  );
}

function details(summary: string, content: HTMLElement): HTMLElement {
  return element('details', {}, element('summary', {}, summary), content);
}

function limitsOf(device: GPUDevice): [string, string][] {
  const rows: [string, string][] = [];
  // Limits are accessors of the prototype, which Object.entries does not see.
  for (const name in device.limits) {
    const value: unknown = device.limits[name as keyof GPUSupportedLimits];
    if (typeof value === 'number')
      rows.push([
        name,
        name.endsWith('Size') && value >= 1024 ? binaryBytes(value) : value.toLocaleString('en-US'),
      ]);
  }
  return rows;
}
