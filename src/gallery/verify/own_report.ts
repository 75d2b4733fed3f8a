import { encodeReport, LINK_KEY } from '../../verify/machine/link';
import { MOST_CHARACTERS } from '../../verify/machine/read_report';
import type { MachineReport } from '../../verify/machine/report';
import { button, copyButton, textField } from '../controls';
import { element } from '../dom';
import { download } from '../download';
import { reportCard } from './report_card';

/** The report of this machine, and ways to take it along. */
export async function ownReport(report: MachineReport): Promise<HTMLElement> {
  let noted = report;
  let link = await linkOf(report);
  const json = (): string => `${JSON.stringify(noted, null, 2)}\n`;
  const field = textField({
    label: 'a note to go with it, such as the name of the graphics card',
    onInput(text) {
      const { note: _, ...rest } = report;
      noted = text === '' ? rest : { ...rest, note: text };
      const now = noted;
      void linkOf(now).then((made) => {
        if (noted === now) link = made; // The visitor may have typed on meanwhile.
      });
    },
  });
  (field.control as HTMLInputElement).maxLength = MOST_CHARACTERS;
  field.root.classList.add('grow');
  const save = button('Download JSON', () => download('tensorseed-verify.json', new Blob([json()])));
  save.classList.add('small');
  return element(
    'div',
    { class: 'report' },
    reportCard(report),
    element(
      'div',
      { class: 'row' },
      field.root,
      copyButton(json, 'the result as JSON', 'Copy JSON'),
      save,
      copyButton(() => link, 'a link to this page that shows the result', 'Copy link'),
    ),
  );
}

/** The address of this page, with a report and no other setting. */
async function linkOf(report: MachineReport): Promise<string> {
  return `${location.href.replace(/#.*/s, '')}#${LINK_KEY}=${await encodeReport(report)}`;
}
