export const gpioWords = {
  noPins: 'The board has no pins',
  noTarget: 'No device is chosen',
  on: 'On',
  off: 'Off',
  unknown: 'Not known',
  again: 'Ask again',
  failed: 'The device did not answer: {reason}',
}
