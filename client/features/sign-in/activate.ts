import { env, Uri, window, type ExtensionContext } from 'vscode';
import type { SignInMessage } from '../../../engine/host/protocol.ts';
import { copyText, type Commands } from '../../infrastructure/commands.ts';
import { plainText } from '../../infrastructure/failure.ts';
import type { Server } from '../../infrastructure/language-client.ts';
import { isTrusted } from '../../infrastructure/trust.ts';
import { isPage } from './page.ts';

/** Opens the page where a person signs in to a system while a run waits for it. The engine hears from the browser itself. */
export function activateSignInFeature(context: ExtensionContext, commands: Commands, server: Server): void {
  context.subscriptions.push(
    server.onSignIn((message) => {
      commands.inBackground('sign-in', () => open(message));
    }),
  );
}

async function open({ system, address, redirectUri }: SignInMessage): Promise<void> {
  if (!isTrusted() || !isPage(address)) return;
  // Where the editor runs on another machine, asking for the way back forwards its port.
  await env.asExternalUri(Uri.parse(redirectUri, true));
  const page = Uri.parse(address, true);
  const outside = await env.asExternalUri(page);
  // A `Uri` encodes its query anew, which sign-in pages do not all understand; a text is opened as it is, though the types do not say so.
  const target = outside.toString() === page.toString() ? (address as unknown as Uri) : outside;
  if (await env.openExternal(target)) {
    void window.setStatusBarMessage(`$(link-external) Sign in to ${plainText(system, 60)} in the browser`, 10_000);
    return;
  }
  const again = 'Open again';
  const copy = 'Copy address';
  const message = `${plainText(system, 60)} waits for you to sign in, and the browser was not opened.`;
  const chosen = await window.showWarningMessage(message, again, copy);
  if (chosen === again) await open({ runId: '', system, address, redirectUri });
  if (chosen === copy) await copyText(address);
}
