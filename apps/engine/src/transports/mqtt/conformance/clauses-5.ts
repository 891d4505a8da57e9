import { clausesOf } from './clause.ts'

/** All numbered statements of MQTT 5.0, chapters 1 to 6, in short and in our own words. */
export const clauses5 = clausesOf(`
1.5.4-1 | server | Text is well-formed UTF-8 without surrogates
1.5.4-2 | server | Text has no U+0000
1.5.4-3 | server | The bytes EF BB BF are the character U+FEFF and are kept
1.5.5-1 | server | A variable byte integer takes as few bytes as it can
1.5.7-1 | server | Both texts of a pair are UTF-8
2.1.3-1 | server | Reserved header flags have the values of the table
2.2.1-2 | server | A PUBLISH with QoS 0 has no packet identifier
2.2.1-3 | client | New packets of a client get an identifier that is free and not 0
2.2.1-4 | server | New PUBLISH packets of the server get an identifier that is free and not 0
2.2.1-5 | server | Acknowledgements carry the identifier of the PUBLISH
2.2.1-6 | server | SUBACK and UNSUBACK carry the identifier of their request
2.2.2-1 | server | No properties are said by the length 0
3.1.0-1 | server | The first packet of a client is CONNECT
3.1.0-2 | server | A second CONNECT is a protocol error
3.1.2-1 | server | Another protocol name is refused and closed
3.1.2-2 | server | A version that is not served is refused and closed
3.1.2-3 | server | The reserved CONNECT flag is checked
3.1.2-4 | server | Clean start drops what there was
3.1.2-5 | server | Without clean start the session of the client id goes on
3.1.2-6 | server | Without clean start and without a session a new one is made
3.1.2-7 | server | A will is kept with the session
3.1.2-8 | server | A will is published after the connection ended and its delay or the session is over
3.1.2-9 | server | With a will, its QoS, retain flag, topic and message are used
3.1.2-10 | server | A will is forgotten once it is published or DISCONNECT 0 has come
3.1.2-11 | server | Without a will its QoS is 0
3.1.2-12 | server | Will QoS is not 3
3.1.2-13 | server | Without a will its retain flag is 0
3.1.2-14 | server | A will without retain is published as an ordinary message
3.1.2-15 | server | A will with retain is published as a retained message
3.1.2-16 | server | Without the user name flag there is no user name
3.1.2-17 | server | With the user name flag there is one
3.1.2-18 | server | Without the password flag there is no password
3.1.2-19 | server | With the password flag there is one
3.1.2-20 | client | A silent client pings within its keep alive
3.1.2-21 | client | The keep alive of the server goes before the client's
3.1.2-22 | server | A client that is silent for one and a half keep alives is disconnected
3.1.2-23 | server | Session state outlives the connection as long as the session expiry says
3.1.2-24 | server | Nothing larger than the client's maximum packet size is sent
3.1.2-25 | server | A message that is too large for a client counts as delivered to it
3.1.2-26 | server | No topic alias beyond the client's maximum is sent
3.1.2-27 | server | Without a maximum none is sent
3.1.2-28 | server | Response information is only given on request
3.1.2-29 | server | Without problem information, reason strings and user properties stay within PUBLISH, CONNACK and DISCONNECT
3.1.2-30 | client | With an authentication method only AUTH and DISCONNECT go before CONNACK
3.1.3-1 | server | The fields of CONNECT come in their order
3.1.3-2 | server | The client id names the session
3.1.3-3 | server | The client id is there and comes first
3.1.3-4 | server | The client id is UTF-8
3.1.3-5 | server | Client ids of 1 to 23 letters and digits are accepted
3.1.3-6 | server | An empty client id may be accepted and gets a unique one
3.1.3-7 | server | The assigned client id is told in CONNACK
3.1.3-8 | server | A refused client id closes the connection
3.1.3-9 | server | A new connection within the will delay keeps the will from being sent
3.1.3-10 | server | User properties of a will keep their order
3.1.3-11 | server | The will topic is UTF-8
3.1.3-12 | server | The user name is UTF-8
3.1.4-1 | server | A malformed CONNECT closes the connection
3.1.4-2 | server | A CONNECT that fails further checks closes the connection
3.1.4-3 | server | A client id that connects again ends the older connection with 0x8E
3.1.4-4 | server | Clean start is carried out
3.1.4-5 | server | An accepted CONNECT is answered with CONNACK 0
3.1.4-6 | server | What follows a refused CONNECT is not carried out
3.2.0-1 | server | CONNACK 0 goes before any other packet
3.2.0-2 | server | There is one CONNACK in a connection
3.2.2-1 | server | Reserved acknowledge flags are 0
3.2.2-2 | server | Clean start: session present is 0
3.2.2-3 | server | Otherwise session present tells whether there is a session
3.2.2-4 | client | A client without state closes when told of a session
3.2.2-5 | client | A client with state drops it when told of none
3.2.2-6 | server | A refusal has session present 0
3.2.2-7 | server | After a refusal the connection is closed
3.2.2-8 | server | CONNACK has a reason of its table
3.2.2-9 | server | A server without QoS 1 or 2 says its maximum
3.2.2-10 | server | Such a server takes subscriptions of any QoS all the same
3.2.2-11 | client | A client keeps to the maximum QoS
3.2.2-12 | server | A will QoS beyond the maximum is refused
3.2.2-13 | server | A retained will is refused where retained messages are not available
3.2.2-14 | client | A client does not retain where it is not available
3.2.2-15 | client | A client keeps to the maximum packet size
3.2.2-16 | server | The assigned client id belongs to no other session
3.2.2-17 | client | A client keeps to the topic alias maximum
3.2.2-18 | client | Without a topic alias maximum a client sends none
3.2.2-19 | server | A reason string does not make CONNACK too large
3.2.2-20 | server | User properties do not make CONNACK too large
3.2.2-21 | client | A client keeps to the keep alive of the server
3.2.2-22 | server | Without one of its own, the server goes by the client's keep alive
3.3.1-1 | server | A PUBLISH that is sent again has DUP 1
3.3.1-2 | server | QoS 0 has DUP 0
3.3.1-3 | server | DUP of an incoming PUBLISH is not passed on
3.3.1-4 | server | QoS 3 is malformed
3.3.1-5 | server | A message with RETAIN takes the place of the one before, with its QoS
3.3.1-6 | server | An empty retained message is passed on and removes the stored one
3.3.1-7 | server | An empty retained message is not stored
3.3.1-8 | server | A message without RETAIN neither stores nor removes
3.3.1-9 | server | Retain handling 0: retained messages are sent
3.3.1-10 | server | Retain handling 1: they are sent to a new subscription, not to a standing one
3.3.1-11 | server | Retain handling 2: they are not sent
3.3.1-12 | server | Without retain as published, RETAIN is 0 in what is forwarded
3.3.1-13 | server | With it, RETAIN is as it came
3.3.2-1 | server | The topic comes first and is UTF-8
3.3.2-2 | server | A topic to publish to has no wildcards
3.3.2-3 | server | The topic that a subscriber is sent matches its filter
3.3.2-4 | server | The payload format indicator is passed on as it came
3.3.2-5 | server | A message whose expiry has passed is dropped
3.3.2-6 | server | The expiry that is passed on is less the time spent in the server
3.3.2-7 | server | Topic aliases end with the connection
3.3.2-8 | server | Topic alias 0 is not sent, and refused
3.3.2-9 | client | A client keeps to the server's topic alias maximum
3.3.2-10 | client | A client takes every alias up to its maximum
3.3.2-11 | server | The server keeps to the client's topic alias maximum
3.3.2-12 | server | The server takes every alias up to its maximum
3.3.2-13 | server | The response topic is UTF-8
3.3.2-14 | server | The response topic has no wildcards
3.3.2-15 | server | The response topic is passed on as it came
3.3.2-16 | server | The correlation data are passed on as they came
3.3.2-17 | server | User properties are passed on as they came
3.3.2-18 | server | User properties keep their order
3.3.2-19 | server | The content type is UTF-8
3.3.2-20 | server | The content type is passed on as it came
3.3.4-1 | server | A PUBLISH is answered as its QoS asks
3.3.4-2 | server | Overlapping subscriptions: delivered with the greatest QoS of them
3.3.4-3 | server | The identifiers of the subscriptions go with a message
3.3.4-4 | server | One copy for several subscriptions has the identifiers of all
3.3.4-5 | server | Several copies have each their own
3.3.4-6 | server | A client names no subscription identifier in PUBLISH
3.3.4-7 | client | A client keeps to the receive maximum
3.3.4-8 | client | A client holds back nothing but PUBLISH because of it
3.3.4-9 | server | The server keeps to the client's receive maximum
3.3.4-10 | server | The server holds back nothing but PUBLISH because of it
3.4.2-1 | server | PUBACK has a reason of its table
3.4.2-2 | server | A reason string does not make PUBACK too large
3.4.2-3 | server | User properties do not make PUBACK too large
3.5.2-1 | server | PUBREC has a reason of its table
3.5.2-2 | server | A reason string does not make PUBREC too large
3.5.2-3 | server | User properties do not make PUBREC too large
3.6.1-1 | server | PUBREL has the flags 2; others are malformed
3.6.2-1 | server | PUBREL has a reason of its table
3.6.2-2 | server | A reason string does not make PUBREL too large
3.6.2-3 | server | User properties do not make PUBREL too large
3.7.2-1 | server | PUBCOMP has a reason of its table
3.7.2-2 | server | A reason string does not make PUBCOMP too large
3.7.2-3 | server | User properties do not make PUBCOMP too large
3.8.1-1 | server | SUBSCRIBE has the flags 2; others are malformed
3.8.3-1 | server | Topic filters are UTF-8
3.8.3-2 | server | SUBSCRIBE has at least one filter
3.8.3-3 | server | No local: a client is not sent what it published
3.8.3-4 | server | No local with a shared subscription is a protocol error
3.8.3-5 | server | Reserved subscription options are malformed
3.8.4-1 | server | SUBSCRIBE is answered with SUBACK
3.8.4-2 | server | SUBACK has the identifier of its SUBSCRIBE
3.8.4-3 | server | The same filter again replaces the subscription
3.8.4-4 | server | Retain handling 0 sends the retained messages again, and none is lost by the replacement
3.8.4-5 | server | Several filters in one packet work as one packet each
3.8.4-6 | server | SUBACK has a reason for each filter
3.8.4-7 | server | It is the granted QoS or why there is none
3.8.4-8 | server | Messages come with the lesser of their QoS and the granted one
3.9.2-1 | server | A reason string does not make SUBACK too large
3.9.2-2 | server | User properties do not make SUBACK too large
3.9.3-1 | server | The reasons of SUBACK are in the order of the filters
3.9.3-2 | server | SUBACK has reasons of its table
3.10.1-1 | server | UNSUBSCRIBE has the flags 2; others are malformed
3.10.3-1 | server | The filters of UNSUBSCRIBE are UTF-8
3.10.3-2 | server | UNSUBSCRIBE has at least one filter
3.10.4-1 | server | Filters are compared character by character, and the matching subscription ends
3.10.4-2 | server | After UNSUBSCRIBE no new messages are taken for the client
3.10.4-3 | server | QoS 1 and 2 deliveries that have begun are completed
3.10.4-4 | server | UNSUBSCRIBE is answered with UNSUBACK
3.10.4-5 | server | UNSUBACK has the identifier of its UNSUBSCRIBE, also where no subscription ends
3.10.4-6 | server | Several filters in one packet work as one packet each
3.11.2-1 | server | A reason string does not make UNSUBACK too large
3.11.2-2 | server | User properties do not make UNSUBACK too large
3.11.3-1 | server | The reasons of UNSUBACK are in the order of the filters
3.11.3-2 | server | UNSUBACK has reasons of its table
3.12.4-1 | server | PINGREQ is answered with PINGRESP
3.14.0-1 | server | The server sends no DISCONNECT before CONNACK
3.14.1-1 | server | DISCONNECT has the flags 0; others are malformed
3.14.2-1 | server | DISCONNECT has a reason of its table
3.14.2-2 | server | The server's DISCONNECT has no session expiry
3.14.2-3 | server | A reason string does not make DISCONNECT too large
3.14.2-4 | server | User properties do not make DISCONNECT too large
3.14.4-1 | server | After DISCONNECT nothing more is sent
3.14.4-2 | server | After DISCONNECT the connection is closed
3.14.4-3 | server | DISCONNECT 0 discards the will
3.15.1-1 | server | AUTH has the flags 0; others are malformed
3.15.2-1 | server | AUTH has a reason of its table
3.15.2-2 | server | A reason string does not make AUTH too large
3.15.2-3 | server | User properties do not make AUTH too large
4.1.0-1 | server | Session state is kept while the connection is open
4.1.0-2 | server | It is discarded when the connection is closed and its expiry has passed
4.2-1 | server | The transport is ordered, lossless and goes both ways
4.3.1-1 | server | QoS 0 is sent with DUP 0
4.3.2-1 | server | QoS 1, sending: a free identifier for each message
4.3.2-2 | server | QoS 1, sending: DUP 0 the first time
4.3.2-3 | server | QoS 1, sending: unacknowledged until PUBACK
4.3.2-4 | server | QoS 1, receiving: PUBACK with the identifier
4.3.2-5 | server | QoS 1, receiving: after PUBACK the identifier stands for a new message
4.3.3-1 | server | QoS 2, sending: a free identifier for each message
4.3.3-2 | server | QoS 2, sending: DUP 0 the first time
4.3.3-3 | server | QoS 2, sending: unacknowledged until PUBREC
4.3.3-4 | server | QoS 2, sending: PUBREL with the identifier after PUBREC
4.3.3-5 | server | QoS 2, sending: PUBREL unacknowledged until PUBCOMP
4.3.3-6 | server | QoS 2, sending: no PUBLISH again after PUBREL
4.3.3-7 | server | QoS 2, sending: no expiry of what has been sent
4.3.3-8 | server | QoS 2, receiving: PUBREC with the identifier
4.3.3-9 | server | QoS 2, receiving: after a refusing PUBREC the identifier stands for a new message
4.3.3-10 | server | QoS 2, receiving: until PUBREL the same identifier is no new message
4.3.3-11 | server | QoS 2, receiving: PUBREL is answered with PUBCOMP
4.3.3-12 | server | QoS 2, receiving: after PUBCOMP the identifier stands for a new message
4.3.3-13 | server | QoS 2, receiving: the exchange goes on when the message has expired
4.4.0-1 | server | What was unacknowledged is sent again on reconnect, with its identifiers, and at no other time
4.4.0-2 | server | What was refused by PUBACK or PUBREC is not sent again
4.5.0-1 | server | A message that was taken is kept for the sessions with matching subscriptions
4.5.0-2 | client | A client acknowledges what it receives
4.6.0-1 | client | What is sent again is sent in its order
4.6.0-2 | client | PUBACK packets come in the order of the PUBLISH packets
4.6.0-3 | client | PUBREC packets come in the order of the PUBLISH packets
4.6.0-4 | client | PUBREL packets come in the order of the PUBREC packets
4.6.0-5 | server | Messages of one publisher, topic and QoS reach a subscriber in their order
4.6.0-6 | server | Each topic is ordered for subscriptions that are not shared
4.7.0-1 | server | Wildcards stand in filters, never in topic names
4.7.1-1 | server | # stands alone or after a slash, and last
4.7.1-2 | server | + takes a whole level
4.7.2-1 | server | Filters that begin with a wildcard do not match topics that begin with $
4.7.3-1 | server | Topics and filters have at least one character
4.7.3-2 | server | Topics and filters have no U+0000
4.7.3-3 | server | Topics and filters have at most 65,535 bytes
4.7.3-4 | server | Topics are compared as they are, without any normalisation
4.8.2-1 | server | A shared subscription begins with $share/ and a name
4.8.2-2 | server | The name has no /, + or #, and a filter follows it
4.8.2-3 | server | Shared messages keep to the granted QoS
4.8.2-4 | server | A shared message that was begun with a client is completed when it is back
4.8.2-5 | server | When that client's session ends, it goes to nobody else
4.8.2-6 | server | A shared message that was refused goes to nobody else
4.9.0-1 | server | The send quota is at most the receive maximum
4.9.0-2 | server | No PUBLISH with QoS above 0 while the quota is 0
4.9.0-3 | server | Other packets are answered while it is 0
4.12.0-1 | server | An authentication method that is not supported is refused and closed
4.12.0-2 | server | An AUTH that asks for more has the reason 0x18
4.12.0-3 | client | The answer to it has the reason 0x18
4.12.0-4 | server | A failed authentication closes the connection
4.12.0-5 | server | The method is in each AUTH and in CONNACK
4.12.0-6 | server | Without a method the server sends no AUTH and names no method
4.12.0-7 | client | Without a method the client sends no AUTH
4.12.1-1 | client | Authentication is renewed with the same method
4.12.1-2 | server | A failed renewal closes the connection
4.13.1-1 | server | Malformed packets and protocol errors close the connection
4.13.2-1 | server | A CONNACK or DISCONNECT of 0x80 and above closes the connection
6.0.0-1 | server | WebSocket frames other than binary ones close the connection
6.0.0-2 | server | Packets need not be aligned with WebSocket frames
6.0.0-3 | client | The client offers the sub-protocol mqtt
6.0.0-4 | server | The server chooses the sub-protocol mqtt
`)
