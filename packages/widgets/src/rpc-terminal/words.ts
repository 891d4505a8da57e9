export const rpcTerminalWords = {
  noTarget: 'No device is chosen',
  greeting: 'Commands go to {name}. Type a method and, after a space, its parameters. Type help for more.',
  help: 'What follows the method is sent as JSON if it is JSON, else as text. “clear” empties the window. Examples:',
}

/** No words: what a person would type. */
export const exampleCalls = ['getState', 'setLevel 40', 'setPin {"pin": 7, "enabled": true}']
