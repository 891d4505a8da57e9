/** Panels that fold, as templates of files write them, as elements that fold by themselves. */
export const foldingPanels = (markup: string): string =>
  markup
    .replaceAll(/<ng-template\b[^>]*\bmatExpansionPanelContent\b[^>]*>([\s\S]*?)<\/ng-template\s*>/gi, '$1')
    .replaceAll(/<(\/?)mat-expansion-panel-header\b/gi, '<$1summary')
    .replaceAll(/<(\/?)mat-expansion-panel\b/gi, '<$1details')
    .replaceAll(/<details\b((?:[^>"']|"[^"]*"|'[^']*')*?)\s\[?expanded\]?=["']true["']/gi, '<details open$1')
