export const remoteShellWords = {
  noTarget: 'No device is chosen',
  greeting: 'Shell on {name}',
  noShell: 'The device does not tell what it is: {reason}',
}
