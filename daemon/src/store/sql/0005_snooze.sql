-- Until when a chat is put off. A moment that has come stays there until somebody deals with the chat.
ALTER TABLE chats ADD COLUMN snoozed_until INTEGER;
CREATE INDEX chats_snoozed ON chats (number) WHERE snoozed_until IS NOT NULL;
CREATE INDEX chats_closed ON chats (number) WHERE closed <> 0;
