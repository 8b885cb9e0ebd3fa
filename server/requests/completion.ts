import type { CompletionItem, CompletionList, CompletionParams } from 'vscode-languageserver/node';
import { seenItems } from '../capabilities/connector/seen-items.ts';
import { filterLanguage } from '../capabilities/filter/language.ts';
import { completeOwn } from '../capabilities/workspace/language.ts';
import { withValues } from './filter-insight.ts';
import { knownIn } from './known.ts';
import type { AtPosition, LanguageRequest } from './request.ts';

/** In a filter values of columns begin with these; elsewhere they mean nothing. */
const filterTriggers: readonly string[] = ["'", '(', ','];

/** What could stand at a place. */
export const completion: LanguageRequest = {
  capabilities: { completionProvider: { triggerCharacters: ['"', '{', ':', '.', '@', ' ', ...filterTriggers] } },
  register(context) {
    const { connection, guard, openAt, connectors, ownJson } = context;
    connection.onCompletion(
      guard.language(
        'completion',
        [],
        async (at: AtPosition & Pick<CompletionParams, 'context'>): Promise<CompletionItem[] | CompletionList> => {
          const found = openAt(at);
          if (!found) return [];
          const { opened, offset } = found;
          if (opened.kind !== 'filter' && filterTriggers.includes(at.context?.triggerCharacter ?? '')) return [];
          switch (opened.kind) {
            case 'connector':
              return [
                ...seenItems(opened.connector, offset, knownIn(context, at.textDocument.uri)?.knowledge),
                ...(await connectors.complete(opened.connector, offset)),
              ];
            case 'filter':
              return withValues(context, opened, offset, filterLanguage(at.textDocument.uri, opened.text, opened.place).complete(offset));
            case 'own':
              return completeOwn(ownJson, opened.file, offset);
            case 'other':
              return [];
          }
        },
      ),
    );
  },
};
