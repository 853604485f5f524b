//! What a role or a shared account forbids, at the keys.

use common::id::OrgId;
use common::model::org::{Me, Membership, Org};
use common::rights::{Deed, Role};

use crate::action::Action;
use crate::effect::Effect;
use crate::msg::LinkMsg;
use crate::speech::{Lang, Speech};
use crate::update::fixture::{Bench, number, status};
use crate::update::rights::refusal;

/// A conversation in front of somebody of this role.
fn bench(role: Role) -> Bench {
    let mut bench = Bench::talking();
    let org = Org {
        id: bench.model.open_chat().map_or(OrgId(1), |chat| chat.org_id),
        slug: "luz".into(),
        name: "Luz".into(),
    };
    let me = Me {
        operator: "Lia".into(),
        uid: Some(1000),
        admin: false,
        orgs: vec![Membership {
            org,
            role,
            numbers: None,
        }],
    };
    bench.link(LinkMsg::Up {
        status: status(),
        me,
        numbers: vec![number(1), number(2)],
        resumed: true,
    });
    bench.take();
    bench
}

fn changes(effects: &[Effect]) -> bool {
    let harmless = |effect: &Effect| {
        matches!(
            effect,
            Effect::Chats(..)
                | Effect::Chat(_)
                | Effect::Part(..)
                | Effect::Numbers
                | Effect::Card(_)
                | Effect::LoadDraft(_)
                | Effect::KeepDesk { .. }
                | Effect::KeepDrafts(_)
        )
    };
    !effects.iter().all(harmless)
}

#[test]
fn an_auditor_reads_and_is_told_why_nothing_else_goes() {
    let mut bench = bench(Role::Auditor);
    bench.type_("Hola");
    bench.key("enter");
    assert!(
        bench.toasts().contains(&"forbidden-send"),
        "{:?}",
        bench.toasts()
    );
    bench.pass(10_000);
    let effects = bench.take();
    assert!(!changes(&effects), "{effects:?}");
    bench.key("esc");
    bench.key("esc");
    bench.key("e");
    bench.pass(10_000);
    assert!(!changes(&bench.take()));
    for action in [
        Action::Send,
        Action::Archive,
        Action::NewReply,
        Action::Retry,
    ] {
        assert!(refusal(&bench.model, action).is_some(), "{action:?}");
    }
    for action in [
        Action::Search,
        Action::Copy,
        Action::Statistics,
        Action::SaveFile,
    ] {
        assert_eq!(refusal(&bench.model, action), None, "{action:?}");
    }
}

#[test]
fn an_agent_is_asked_nothing_but_who_connects_numbers() {
    let bench = bench(Role::Agent);
    for action in Action::ALL {
        let refused = refusal(&bench.model, *action).is_some();
        assert_eq!(refused, *action == Action::Connect, "{action:?}");
    }
}

#[test]
fn on_a_shared_account_nothing_of_the_machine_is_reached() {
    let mut bench = bench(Role::Owner);
    bench.model.is_shared = true;
    for key in ["alt-e", "ctrl-o", "ctrl-z", "alt-v"] {
        bench.key(key);
        let effects = bench.take();
        assert!(!changes(&effects), "{key}: {effects:?}");
        assert!(bench.toasts().contains(&"forbidden-machine-here"), "{key}");
    }
    bench.key("ctrl-p");
    let offered = format!("{:?}", bench.model.focus.overlays);
    assert!(offered.contains("Search"), "{offered}");
    for name in ["Editor,", "Attach,", "Suspend,", "SaveFile,"] {
        assert!(!offered.contains(name), "{name} is offered");
    }
    bench.key("esc");
    bench.lost();
    assert!(!bench.model.over, "a daemon that is away comes back");
    let problem =
        common::api::problem::Problem::new(common::api::problem::Code::Unauthorized, "revoked");
    let retry_at = common::time::Stamp::from_millis(bench.now + 1000);
    bench.link(LinkMsg::Lost { problem, retry_at });
    assert!(bench.model.over, "whoever was sent away is out");
}

#[test]
fn every_refusal_is_said_in_every_language() {
    for lang in Lang::ALL {
        let speech = Speech::of(lang);
        for deed in Deed::ALL {
            let key = deed.forbidden();
            assert_ne!(speech.say(key), key);
        }
    }
}
