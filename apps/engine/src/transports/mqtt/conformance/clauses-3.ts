import { clausesOf } from './clause.ts'

/** All numbered statements of MQTT 3.1.1, chapters 1 to 7, in short and in our own words. */
export const clauses3 = clausesOf(`
1.5.3-1 | server | Text that is not well-formed UTF-8, surrogates included, closes the connection
1.5.3-2 | server | Text with U+0000 closes the connection
1.5.3-3 | server | The bytes EF BB BF are the character U+FEFF and are kept
2.2.2-1 | server | Reserved header flags have the values of the table
2.2.2-2 | server | Other header flags close the connection
2.3.1-1 | server | SUBSCRIBE, UNSUBSCRIBE and PUBLISH with QoS above 0 have a packet identifier other than 0
2.3.1-2 | client | A new packet gets an identifier that is not in use
2.3.1-3 | client | A packet that is sent again keeps its identifier
2.3.1-4 | server | The same holds for PUBLISH packets of the server
2.3.1-5 | server | A PUBLISH with QoS 0 has no packet identifier
2.3.1-6 | server | PUBACK, PUBREC and PUBREL carry the identifier of the PUBLISH
2.3.1-7 | server | SUBACK and UNSUBACK carry the identifier of their request
3.1.0-1 | server | The first packet of a client is CONNECT
3.1.0-2 | server | A second CONNECT ends the connection
3.1.2-1 | server | Another protocol name is not treated as MQTT
3.1.2-2 | server | An unknown protocol level is answered with code 1 and closed
3.1.2-3 | server | The reserved CONNECT flag is checked
3.1.2-4 | server | Clean session 0 resumes the session of the client id, or makes one
3.1.2-5 | server | A kept session keeps QoS 1 and 2 messages for its subscriptions while its client is away
3.1.2-6 | server | Clean session 1 drops what there was and begins anew
3.1.2-7 | server | Retained messages are no part of a session and outlive it
3.1.2-8 | server | A will is kept and published when the connection ends without DISCONNECT
3.1.2-9 | server | With a will, its QoS, retain flag, topic and message are used
3.1.2-10 | server | A will is forgotten once it is published or DISCONNECT has come
3.1.2-11 | server | Without a will its flags are 0 and its fields are absent
3.1.2-12 | server | Without a will none is published
3.1.2-13 | server | Without a will its QoS is 0
3.1.2-14 | server | Will QoS is not 3
3.1.2-15 | server | Without a will its retain flag is 0
3.1.2-16 | server | A will without retain is published as an ordinary message
3.1.2-17 | server | A will with retain is published as a retained message
3.1.2-18 | server | Without the user name flag there is no user name
3.1.2-19 | server | With the user name flag there is one
3.1.2-20 | server | Without the password flag there is no password
3.1.2-21 | server | With the password flag there is one
3.1.2-22 | server | No password flag without the user name flag
3.1.2-23 | client | A silent client pings within its keep alive
3.1.2-24 | server | A client that is silent for one and a half keep alives is disconnected
3.1.3-1 | server | The fields of CONNECT come in their order
3.1.3-2 | server | The client id names the session
3.1.3-3 | server | The client id is there and comes first
3.1.3-4 | server | The client id is UTF-8
3.1.3-5 | server | Client ids of 1 to 23 letters and digits are accepted
3.1.3-6 | server | An empty client id may be accepted and gets a unique one
3.1.3-7 | client | An empty client id goes with clean session 1
3.1.3-8 | server | An empty client id with clean session 0 is refused with code 2
3.1.3-9 | server | A refused client id is answered with code 2 and closed
3.1.3-10 | server | The will topic is UTF-8
3.1.3-11 | server | The user name is UTF-8
3.1.4-1 | server | A malformed CONNECT closes the connection without CONNACK
3.1.4-2 | server | A client id that connects again ends the older connection
3.1.4-3 | server | Clean session is carried out
3.1.4-4 | server | An accepted CONNECT is answered with CONNACK 0
3.1.4-5 | server | What follows a refused CONNECT is not carried out
3.2.0-1 | server | The first packet of the server is CONNACK
3.2.2-1 | server | Clean session 1: session present is 0
3.2.2-2 | server | Clean session 0: session present tells whether there was one
3.2.2-3 | server | Without a kept session, session present is 0
3.2.2-4 | server | A refusal has session present 0
3.2.2-5 | server | After a refusal the connection is closed
3.2.2-6 | server | Where no return code fits, the connection is closed without CONNACK
3.3.1-1 | server | A PUBLISH that is sent again has DUP 1
3.3.1-2 | server | QoS 0 has DUP 0
3.3.1-3 | server | DUP of an incoming PUBLISH is not passed on
3.3.1-4 | server | QoS 3 closes the connection
3.3.1-5 | server | A message with RETAIN is stored with its QoS
3.3.1-6 | server | A new subscription gets the retained message of each matching topic
3.3.1-7 | server | A retained message of QoS 0 takes the place of the one before
3.3.1-8 | server | A retained message sent for a new subscription has RETAIN 1
3.3.1-9 | server | A message sent for a standing subscription has RETAIN 0
3.3.1-10 | server | An empty retained message is passed on and removes the stored one
3.3.1-11 | server | An empty retained message is not stored
3.3.1-12 | server | A message without RETAIN neither stores nor removes
3.3.2-1 | server | The topic comes first and is UTF-8
3.3.2-2 | server | A topic to publish to has no wildcards
3.3.2-3 | server | The topic that a subscriber is sent matches its filter
3.3.4-1 | server | A PUBLISH is answered as its QoS asks
3.3.5-1 | server | Overlapping subscriptions: delivered with the greatest QoS of them
3.3.5-2 | server | A publish that is not permitted is acknowledged or ends the connection
3.6.1-1 | server | PUBREL has the flags 2; others close the connection
3.8.1-1 | server | SUBSCRIBE has the flags 2; others close the connection
3.8.3-1 | server | Topic filters are UTF-8
3.8.3-2 | server | Wildcards are supported, or such filters refused
3.8.3-3 | server | SUBSCRIBE has at least one filter
3.8.3-4 | server | QoS 3 or reserved bits in SUBSCRIBE close the connection
3.8.4-1 | server | SUBSCRIBE is answered with SUBACK
3.8.4-2 | server | SUBACK has the identifier of its SUBSCRIBE
3.8.4-3 | server | The same filter again replaces the subscription and sends the retained messages again
3.8.4-4 | server | Several filters in one packet work as one packet each
3.8.4-5 | server | SUBACK has a code for each filter
3.8.4-6 | server | Messages come with the lesser of their QoS and the granted one
3.9.3-1 | server | The codes of SUBACK are in the order of the filters
3.9.3-2 | server | SUBACK has no other codes than 0, 1, 2 and 128
3.10.1-1 | server | UNSUBSCRIBE has the flags 2; others close the connection
3.10.3-1 | server | The filters of UNSUBSCRIBE are UTF-8
3.10.3-2 | server | UNSUBSCRIBE has at least one filter
3.10.4-1 | server | Filters are compared character by character, and the matching subscription ends
3.10.4-2 | server | After UNSUBSCRIBE no new messages are taken for the client
3.10.4-3 | server | QoS 1 and 2 deliveries that have begun are completed
3.10.4-4 | server | UNSUBSCRIBE is answered with UNSUBACK of its identifier
3.10.4-5 | server | So is one that ends no subscription
3.10.4-6 | server | Several filters in one packet work as one packet each
3.12.4-1 | server | PINGREQ is answered with PINGRESP
3.14.1-1 | server | DISCONNECT has the flags 0; others close the connection
3.14.4-1 | client | After DISCONNECT the client closes
3.14.4-2 | client | After DISCONNECT the client sends nothing more
3.14.4-3 | server | DISCONNECT discards the will
4.1.0-1 | server | Session state is kept for the whole session
4.1.0-2 | server | A session lasts at least as long as its connection
4.3.1-1 | server | QoS 0 is sent once, with DUP 0
4.3.2-1 | server | QoS 1, sending: a free identifier, DUP 0, unacknowledged until PUBACK
4.3.2-2 | server | QoS 1, receiving: PUBACK with the identifier; after it the identifier stands for a new message
4.3.3-1 | server | QoS 2, sending: PUBLISH, PUBREL after PUBREC, over with PUBCOMP
4.3.3-2 | server | QoS 2, receiving: PUBREC, no duplicate until PUBREL, PUBCOMP
4.4.0-1 | server | After a reconnect with clean session 0 what was unacknowledged is sent again with its identifiers
4.5.0-1 | server | A message that was taken is kept for the sessions with matching subscriptions
4.5.0-2 | client | A client acknowledges what it receives
4.6.0-1 | client | What is sent again is sent in its order
4.6.0-2 | client | PUBACK packets come in the order of the PUBLISH packets
4.6.0-3 | client | PUBREC packets come in the order of the PUBLISH packets
4.6.0-4 | client | PUBREL packets come in the order of the PUBREC packets
4.6.0-5 | server | Each topic is ordered by default
4.6.0-6 | server | Messages of one publisher, topic and QoS reach a subscriber in their order
4.7.1-1 | server | Wildcards stand in filters, never in topic names
4.7.1-2 | server | # stands alone or after a slash, and last
4.7.1-3 | server | + takes a whole level
4.7.2-1 | server | Filters that begin with a wildcard do not match topics that begin with $
4.7.3-1 | server | Topics and filters have at least one character
4.7.3-2 | server | Topics and filters have no U+0000
4.7.3-3 | server | Topics and filters have at most 65,535 bytes
4.7.3-4 | server | Topics are compared as they are, without any normalisation
4.8.0-1 | server | A protocol violation closes the connection
4.8.0-2 | server | A transient error of the server closes the connection it concerns
6.0.0-1 | server | WebSocket frames other than binary ones close the connection
6.0.0-2 | server | Packets need not be aligned with WebSocket frames
6.0.0-3 | client | The client offers the sub-protocol mqtt
6.0.0-4 | server | The server chooses the sub-protocol mqtt
7.0.0-1 | server | A server that also connects to others is a conformant client, too
7.0.0-2 | server | No extension is needed to work with it
7.1.1-1 | server | The transport is ordered, lossless and goes both ways
7.1.2-1 | client | The same for clients
`)
