import { type Content, Html, html } from './html';
import { STYLE } from './style';

/** A report as one HTML page that needs nothing else. */
export function reportPage(title: string, body: Content): string {
  const page = html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>tensorseed: ${title.toLowerCase()}</title>
      <style>
        ${new Html(STYLE)}
      </style>
      <h1>${title}</h1>
      ${body}
    </html> `;
  return page.text;
}
