using Eigenflow.Solutions;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Conformance;

/// <summary>A method that saves states goes on from them with the same bits, and never from a damaged or foreign one.</summary>
public sealed class ResumeTests
{
    public static TheoryData<string, string> Methods() => [.. TestedSystems.All.SelectMany(system => system.Methods
        .Where(method => MadeMethod.Of(system, system.Smallest(method.Name)).Record is ISampledMethod)
        .Select(method => new TheoryDataRow<string, string>(system.Id, method.Name)))];

    [Theory]
    [MemberData(nameof(Methods))]
    public void AnInterruptedRunGoesOnWithTheSameBits(string id, string method)
    {
        var (system, whole) = (TestedSystems.Find(id), SmallSolutions.Of(id, method));
        var store = Interrupted(system, system.Smallest(method));
        store.States.ShouldNotBeEmpty("a method over replicas saves its states");
        Bits.OfAll(system.Solve(system.Smallest(method), null, store)).ShouldBe(Bits.OfAll(whole));
        store.Continued.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void DamagedStatesAreNotGoneOnFrom(string id, string method)
    {
        var (system, whole) = (TestedSystems.Find(id), SmallSolutions.Of(id, method));
        var states = Interrupted(system, system.Smallest(method)).States;
        foreach (var damage in (Func<byte[], byte[]>[])[Flipped(0.0), Flipped(0.4), Flipped(1.0), state => state[..(state.Length / 2)], state => [], state => [.. state, 0]])
        {
            var store = new MemoryStore { States = states.ToDictionary(pair => pair.Key, pair => damage(pair.Value), StringComparer.Ordinal) };
            Bits.OfAll(system.Solve(system.Smallest(method), null, store)).ShouldBe(Bits.OfAll(whole));
            store.Continued.ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void StatesOfAnotherRunAreNotGoneOnFrom(string id, string method)
    {
        var (system, whole) = (TestedSystems.Find(id), SmallSolutions.Of(id, method));
        var smallest = system.Smallest(method).Values;
        (string, string)[] others = [("seed", "2"), ("points", "12"), .. new[] { ("learning-rate", "0.0123"), ("noise", "0.0321") }.Where(pair => smallest[pair.Item1] is not null)];
        foreach (var other in others)
        {
            var store = new MemoryStore { States = Interrupted(system, system.Smallest(method, other)).States };
            Bits.OfAll(system.Solve(system.Smallest(method), null, store)).ShouldBe(Bits.OfAll(whole), other.ToString());
            store.Continued.ShouldBeEmpty(other.ToString());
        }
    }

    private static MemoryStore Interrupted(ISystem system, CompletedSetting setting)
    {
        using var source = new CancellationTokenSource();
        var whole = new Stop(source, -1);
        system.Solve(setting, whole);
        var store = new MemoryStore();
        system.Solve(setting, new Stop(source, (whole.Count / 2) + 1), store, source.Token);
        return store;
    }

    private static Func<byte[], byte[]> Flipped(double part) => state =>
    {
        byte[] damaged = [.. state];
        damaged[(int)(part * (state.Length - 1))] ^= 1;
        return damaged;
    };
}
