//! What every call has in common: faults before and after the work, and who is calling.

use std::future;
use std::sync::Arc;

use axum::response::Response;
use serde_json::Value;

use crate::book::Caller;
use crate::error::GraphError;
use crate::fault::{Fault, Hit, Target};
use crate::graph::answer;
use crate::graph::ask::Ask;
use crate::webhook;
use crate::world::World;

/// A request that may go on.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) caller: Caller,
    /// What goes wrong once the work is done.
    pub(super) fault: Option<Fault>,
}

/// Lets the faults before the work happen and finds out who is calling.
pub(super) async fn open(
    world: &Arc<World>,
    ask: &Ask,
    target: Target,
    body: &Value,
) -> Result<Opened, Response> {
    let to = body
        .get("to")
        .or_else(|| body.get("recipient"))
        .and_then(Value::as_str);
    let drawn = world.faults.draw(&Hit {
        target,
        node: &ask.node,
        to,
    });
    if !drawn.delay.is_zero() {
        tokio::time::sleep(drawn.delay).await;
    }
    let refused = |error: &GraphError| answer::refuse(world, &ask.request, error, body.clone());
    let fault = match drawn.fault {
        Some(fault) if fault.is_after() => Some(fault),
        Some(Fault::Error(error)) => return Err(refused(&error)),
        Some(Fault::Http(status)) => return Err(answer::page(status)),
        Some(Fault::DropBefore) => return Err(answer::hangup()),
        Some(Fault::Hang) => future::pending().await,
        Some(Fault::TokenDeath(death)) => {
            if let Some(token) = &ask.token {
                world.book.set_death(token, Some(death));
            }
            None
        }
        _ => None,
    };
    match caller(world, ask) {
        Ok(caller) => Ok(Opened { caller, fault }),
        Err(error) => Err(refused(&error)),
    }
}

/// Writes the answer, or lets the fault after the work happen.
pub(super) async fn close(
    world: &World,
    ask: &Ask,
    opened: Opened,
    result: Result<Value, GraphError>,
    body: Value,
) -> Response {
    let value = match result {
        Ok(value) => value,
        Err(error) => return answer::refuse(world, &ask.request, &error, body),
    };
    match opened.fault {
        Some(Fault::DropAfter) => answer::hangup(),
        Some(Fault::HangAfter) => future::pending().await,
        Some(Fault::SlowAnswer(wait)) => {
            tokio::time::sleep(wait).await;
            answer::answer(world, 200, &value)
        }
        Some(Fault::HttpAfter(status)) => answer::page(status),
        Some(Fault::HalfAnswer) => {
            let mut bytes = webhook::write(&value);
            bytes.truncate(bytes.len() / 2);
            answer::respond(world, 200, bytes)
        }
        _ => answer::answer(world, 200, &value),
    }
}

/// Who owns the token.
fn caller(world: &World, ask: &Ask) -> Result<Caller, GraphError> {
    let Some(token) = &ask.token else {
        return Err(GraphError::documented(104));
    };
    world
        .book
        .caller(token, world.clock.now_s())
        .map_err(|death| answer::dead(death.as_ref().copied()))
}

/// The error for a node that is not there or not for this token.
pub(super) fn no_such_node(ask: &Ask) -> GraphError {
    let verb = if ask.request.starts_with("GET") {
        "get"
    } else {
        "post"
    };
    GraphError::documented(100).subcode(33).title(format!(
        "Unsupported {verb} request. Object with ID '{}' does not exist, cannot be loaded due to \
         missing permissions, or does not support this operation. Please read the Graph API \
         documentation at https://developers.facebook.com/docs/graph-api",
        ask.node
    ))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crate::app::TokenDeath;
    use crate::fault::{Fault, FaultRule, Target};
    use crate::probe::{Probe, SOON};

    #[tokio::test]
    async fn refused_without_being_recorded() {
        let probe = Probe::new().await;
        let body = Probe::text("x");
        probe.sim.fault_next(1, Fault::DropBefore);
        assert!(probe.try_send(&body).await.is_none());
        probe.sim.fault_next(1, Fault::Http(502));
        let answer = probe.send(&body).await;
        assert_eq!((answer.status, answer.body.is_null()), (502, true));
        probe.sim.fault_next(1, Fault::throttled(7));
        let answer = probe.send(&body).await;
        assert_eq!((answer.status, answer.code().0), (429, 130_429));
        assert_eq!(answer.headers["retry-after"], "7");
        probe.sim.fault_next(2, Fault::code(131_056));
        for _ in 0..2 {
            assert_eq!(probe.send(&body).await.code().0, 131_056);
        }
        assert_eq!(probe.sim.accepted_count(), 0);
        assert_eq!(probe.sim.faults_left(), 0);
        assert_eq!(probe.send(&body).await.status, 200);
    }

    #[tokio::test]
    async fn recorded_without_an_answer() {
        let probe = Probe::new().await;
        probe.sim.fault_next(1, Fault::DropAfter);
        assert!(probe.try_send(&Probe::text("dropped")).await.is_none());
        probe.sim.fault_next(1, Fault::HttpAfter(500));
        assert_eq!(probe.send(&Probe::text("failed")).await.status, 500);
        probe.sim.fault_next(1, Fault::HalfAnswer);
        let half = probe.send(&Probe::text("half")).await;
        assert_eq!((half.status, half.body.is_null()), (200, true));
        probe
            .sim
            .fault_next(1, Fault::SlowAnswer(Duration::from_millis(5)));
        assert_eq!(probe.send(&Probe::text("slow")).await.status, 200);
        probe.sim.fault_next(1, Fault::HangAfter);
        let body = Probe::text("hung");
        tokio::select! {
            answer = probe.try_send(&body) => panic!("{answer:?}"),
            found = probe.sim.wait_accepted(|a| a.biz_opaque.as_deref() == Some("id of hung"), SOON) => {
                found.unwrap();
            }
        }
        probe.sim.wait_idle(SOON).await.unwrap();
        assert_eq!(probe.sim.accepted_count(), 5);
        for accepted in probe.sim.accepted() {
            assert_eq!(
                probe.receiver.words(&accepted.wamid),
                ["sent", "delivered", "read"]
            );
        }
    }

    #[tokio::test]
    async fn hanging_and_waiting_record_nothing_by_themselves() {
        let probe = Probe::new().await;
        let hang = probe.sim.fault(Fault::Hang);
        let body = Probe::text("x");
        tokio::select! {
            answer = probe.try_send(&body) => panic!("{answer:?}"),
            counts = probe.sim.wait_counts(|c| c.requests == 1, SOON) => drop(counts.unwrap()),
        }
        probe.sim.clear_fault(hang);
        assert_eq!(probe.sim.accepted_count(), 0);
        probe
            .sim
            .add_fault(FaultRule::new(Fault::Delay(Duration::from_millis(5))).times(1));
        assert_eq!(probe.send(&body).await.status, 200);
    }

    #[tokio::test]
    async fn a_dead_token_stays_dead() {
        let probe = Probe::new().await;
        let death = Fault::TokenDeath(TokenDeath::PasswordChanged);
        probe.sim.add_fault(FaultRule::new(death).after(1).times(1));
        let body = Probe::text("x");
        assert_eq!(probe.send(&body).await.status, 200);
        for _ in 0..2 {
            assert_eq!(probe.send(&body).await.code(), (190, 460));
        }
        let path = format!("/v23.0/{}", probe.shop.phone_number_id);
        assert_eq!(probe.get(&path).await.code(), (190, 460));
    }

    #[tokio::test]
    async fn other_calls_have_their_own_faults() {
        let probe = Probe::new().await;
        probe
            .sim
            .add_fault(FaultRule::new(Fault::Http(503)).target(Target::Other));
        assert_eq!(probe.send(&Probe::text("x")).await.status, 200);
        let path = format!("/v23.0/{}", probe.shop.phone_number_id);
        assert_eq!(probe.get(&path).await.status, 503);
    }
}
