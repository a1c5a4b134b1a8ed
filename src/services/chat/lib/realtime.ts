/**
 * Chat's own socket.io server (chat.md 10). It tells of messages that are written, changed and deleted and of channels that are joined:
 * triggers on other things, or on a time that comes, are not woken by it.
 */
export const chatSocket = '/sc/socket.io/';
