export const scadaWords = {
  missing: 'No drawing for this symbol: {name}',
  unreadable: '{name} cannot be shown: {problem}',
  none: 'No symbol is chosen',
  noSandbox: 'There is no sandbox here for the code of this symbol',
  noTarget: 'No device is chosen',
  busy: 'Something is on its way already',
  on: 'on',
  off: 'off',
  wasWrong: 'It did not work: {reason}',
  noAction: 'This symbol has no such action: {name}',
}
