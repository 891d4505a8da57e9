export const controlWords = {
  on: 'On',
  off: 'Off',
  unknown: 'Not known',
  noTarget: 'No device is chosen',
  done: 'Done',
  blocked: 'Not available now',
  lost: 'No connection',
}
