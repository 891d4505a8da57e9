export const claimingWords = {
  device: 'Device name',
  secret: 'Secret',
  claim: 'Claim',
  claiming: 'Claiming…',
  claimed: '{name} is yours now',
  taken: '{name} belongs to somebody already',
  refused: 'The device does not offer itself, or the secret is wrong',
  requiredDevice: 'The name of the device is needed',
  requiredSecret: 'The secret is needed',
}
