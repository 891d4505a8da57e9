export const rpcButtonWords = {
  broken: 'What the button is to send is not valid JSON',
  send: 'Send',
  update: 'Update',
}
