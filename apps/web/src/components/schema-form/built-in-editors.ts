/** Editors that a schema can name and that every form has. */
export const builtInEditors: ReadonlySet<string> = new Set(['script', 'lines', 'file', 'choice'])
