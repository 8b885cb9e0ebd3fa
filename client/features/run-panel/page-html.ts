/** What the page's frame is made from: addresses and the source of styles as the webview gives them, and a fresh nonce. */
export interface PageFrame {
  /** The address of a file in `dist/webviews`. */
  readonly address: (file: string) => string;
  readonly source: string;
  readonly nonce: string;
}

/**
 * The empty page: everything in it is built by the script. Scripts need the nonce; styles and the icon font come from the extension's own
 * folder; there are no images, no connections, no inline styles, whatever the data says.
 */
export function pageHtml({ address, source, nonce }: PageFrame): string {
  const policy = [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `style-src ${source}`,
    `font-src ${source}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Run</title>
<link rel="stylesheet" href="${address('codicon.css')}">
<link rel="stylesheet" href="${address('run.css')}">
</head>
<body>
<main id="run"></main>
<script nonce="${nonce}" src="${address('run.js')}"></script>
</body>
</html>`;
}
