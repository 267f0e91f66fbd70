-- Bounds that a pooler in transaction mode does not pass on from DATABASE_URL. Web servers give up sooner by themselves.
ALTER ROLE guichet SET statement_timeout = '60s';
ALTER ROLE guichet SET lock_timeout = '8s';
ALTER ROLE guichet SET idle_in_transaction_session_timeout = '60s';
-- Of a client that is gone: its statement ends.
ALTER ROLE guichet SET client_connection_check_interval = '2s';
