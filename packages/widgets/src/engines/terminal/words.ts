export const terminalWords = {
  output: 'Output of {name}',
  input: 'Command for {name}',
  waiting: 'Waiting for the device…',
  stop: 'Stop',
  lost: 'No connection',
}
