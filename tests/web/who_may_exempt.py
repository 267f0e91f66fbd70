"""Addresses that write and that the model of `who_may` leaves out: by reason, and where each kind is held instead."""

# Nothing in the address or the form names a row: what is written is the signed-in person's own.
OWN = {
    "agents.add_passkey", "agents.change_authenticator", "agents.codes", "agents.codes_noted",
    "agents.end_others", "agents.letters", "agents.new_authenticator", "agents.passkeys", "agents.password",
    "agents.stay", "compte.sign_out", "compte.stay", "demande.document", "demande.explain", "demande.photo",
    "demande.step", "demande.submit", "demande.use_again", "instruction.export", "instruction.new_search",
    "instruction.new_text", "instruction.sign_out", "suivi.add_passkey", "suivi.address",
    "suivi.close_account", "suivi.contact", "suivi.end_others", "suivi.keep_account", "suivi.own_data",
    "suivi.passkeys", "suivi.password", "suivi.reminders", "suivi.take_copy",
}  # fmt: skip
# A number or reference in the address, looked for among the person's own or their service's:
# `tests/web/frame/test_audiences.py` asks each as everybody else, tests/services/applications/at_once as twenty at once.
LOOKED_FOR = {
    "instruction.appointment", "instruction.cancel_appointment", "instruction.correct_appointment",
    "instruction.invite", "instruction.move_appointment", "suivi.accept_appointment", "suivi.appointment",
    "agents.end_session", "agents.remove_passkey", "demande.remove_document", "instruction.batch",
    "instruction.drop_search", "instruction.drop_text", "instruction.kept_search", "instruction.mailbox",
    "instruction.mark", "instruction.note", "instruction.question", "instruction.restore",
    "instruction.retry_work", "instruction.settle_work", "instruction.strike", "instruction.template",
    "instruction.text", "instruction.write", "suivi.add_document", "suivi.answers", "suivi.collected",
    "suivi.complement_document", "suivi.complement_remove", "suivi.complement_send", "suivi.complement_time",
    "suivi.conversation", "suivi.end_session", "suivi.photo", "suivi.remove_passkey",
    "suivi.replace_document", "suivi.upload",
}  # fmt: skip
# Whoever asks has no session yet: a secret is typed or carried by a link, see `tests/services/access`.
BY_A_SECRET = {
    "agents.authenticator", "agents.forgotten", "agents.invitation", "agents.recovery_code", "agents.reset",
    "attestations.verify", "compte.email", "compte.enter", "compte.enter_by_link", "compte.follow",
    "compte.forgotten", "compte.identify", "compte.identify_visa", "compte.lost", "compte.lost_confirm",
    "compte.lost_stop", "compte.lost_visa", "compte.passkey", "compte.password", "compte.resend",
    "compte.reset", "compte.sign_in", "compte.verify", "embauche.read", "instruction.passkey",
    "instruction.second_factor", "instruction.sign_in", "orientation.confirm", "suivi.address_confirm",
}  # fmt: skip
# Anybody may, and nothing is shown of anybody: `tests/web/public`.
PUBLIC = {
    "aide.blocked", "aide.write", "embauche.begin", "embauche.certificate", "orientation.reminder",
}  # fmt: skip
# An administrator's, who reads no dossier: `tests/services/staff`, `tests/web/staff`.
ACCESSES = {
    "administration.act", "administration.invite", "administration.service", "agents.judge",
}  # fmt: skip
EXEMPT = [OWN, LOOKED_FOR, BY_A_SECRET, PUBLIC, ACCESSES]
