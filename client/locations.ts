// The command behind a lens: goes to the place it is about, or shows them where there are several.
import { commands, type Uri } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Location, Position } from 'vscode-languageclient';

/** Given in values of the protocol: where the lens stands, and the places. */
export async function showLocations(
  { protocol2CodeConverter: converter }: BaseLanguageClient,
  uri: string,
  position: Position,
  locations: readonly Location[],
): Promise<void> {
  const from: Uri = converter.asUri(uri);
  const places = locations.map((location) => converter.asLocation(location));
  await commands.executeCommand('editor.action.goToLocations', from, converter.asPosition(position), places, 'peek');
}
