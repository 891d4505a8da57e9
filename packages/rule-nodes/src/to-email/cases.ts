import type { NodeCase } from '../node-case.ts'

const data = '{"temperature":45.5}'
const metadata = { userEmail: 'ann@plant.example', deviceName: 'Boiler', deviceType: 'default' }
const message = { data, metadata }
const none = { images: null, html: false }
const email = (change: Record<string, unknown>) =>
  JSON.stringify({
    from: 'info@testmail.org',
    to: 'ann@plant.example',
    cc: null,
    bcc: null,
    subject: 'Device default temperature high',
    body: 'Device Boiler has high temperature 45.5',
    ...none,
    ...change,
  })

export const cases: NodeCase[] = [
  {
    title: 'writes an e-mail from its templates',
    messages: [message],
    leaves: [{ by: 'Success', type: 'SEND_EMAIL', data: email({}), metadata }],
  },
  {
    title: 'leaves out what has no template',
    config: { subjectTemplate: '', bodyTemplate: null },
    messages: [message],
    leaves: [{ by: 'Success', data: email({ subject: null, body: null }) }],
  },
  {
    title: 'fills copies, too',
    config: { ccTemplate: '${deviceName}@plant.example', bccTemplate: 'log@plant.example' },
    messages: [message],
    leaves: [{ by: 'Success', data: email({ cc: 'Boiler@plant.example', bcc: 'log@plant.example' }) }],
  },
  {
    title: 'marks HTML when it is set to',
    config: { mailBodyType: 'true' },
    messages: [message],
    leaves: [{ by: 'Success', data: email({ html: true }) }],
  },
  {
    title: 'asks the template for a dynamic body',
    config: { mailBodyType: 'dynamic', isHtmlTemplate: '${isHtml}' },
    messages: [
      { data, metadata: { ...metadata, isHtml: 'true' } },
      { data, metadata: { ...metadata, isHtml: 'false' } },
      message,
    ],
    leaves: [
      { by: 'Success', data: email({ html: true }) },
      { by: 'Success', data: email({ html: false }) },
      { by: 'Success', data: email({ html: false }) },
    ],
  },
  {
    title: 'does not ask the template otherwise',
    config: { mailBodyType: 'false', isHtmlTemplate: 'true' },
    messages: [message],
    leaves: [{ by: 'Success', data: email({ html: false }) }],
  },
  {
    title: 'takes pictures from the metadata',
    messages: [{ data, metadata: { ...metadata, images: '{"logo":"data:image/png;base64,AA=="}' } }],
    leaves: [{ by: 'Success', data: email({ images: { logo: 'data:image/png;base64,AA==' } }) }],
  },
  {
    title: 'leaves unknown placeholders as they are written',
    messages: [{ data: '{}', metadata: { deviceName: 'Boiler' } }],
    leaves: [
      {
        by: 'Success',
        data: email({
          to: '${userEmail}',
          subject: 'Device ${deviceType} temperature high',
          body: 'Device Boiler has high temperature $[temperature]',
        }),
      },
    ],
  },
  {
    title: 'fails when the data is no JSON, which every template needs',
    messages: [{ data: 'text', metadata }],
    leaves: [{ by: 'Failure', error: 'Failed to process pattern!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails when the pictures are none',
    messages: [{ data, metadata: { ...metadata, images: '["a"]' } }],
    leaves: [{ by: 'Failure', error: 'Metadata images is no JSON object of texts' }],
    outcomes: ['dead-lettered'],
  },
]
