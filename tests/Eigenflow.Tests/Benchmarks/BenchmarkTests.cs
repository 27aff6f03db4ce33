using Eigenflow.Benchmarks;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Benchmarks;

public sealed class BenchmarkTests
{
    [Fact]
    public void TheWorkerAnswersWithTheSolution()
    {
        var answer = Ask("flow dimension=100 exponent=2 rtol=1e-10 times=1,10,100");
        answer.Numbers("s").ShouldBe([0.8299351274, 0.9542965776, 0.9886391367], 1e-9);
        answer.Number("seconds").ShouldBeGreaterThan(0);
        Ask("hello")["name"].ShouldBe("eigenflow");
        Ask("nonsense")["error"].ShouldNotBeNull();
        var numbers = Ask("gaussian precision=float count=4096 repeat=2");
        numbers.Number("variance").ShouldBe(1, 0.15);
        Ask("sgd dimension=100 exponent=2 learning-rate=1e-3 steps=100 seed=1 precision=float").Numbers("mse").Length.ShouldBe(1);
        Ask("spectrum rows=5 columns=40").Numbers("eigenvalues").Length.ShouldBe(5);
        Ask("gd dimension=100 exponent=2 learning-rate=0.01 steps=100 modes=full").Numbers("u")[0].ShouldBe(0.8259523515, 1e-9);
    }

    // Full and compressed modes are the same theory, and SGD is near it.
    [Fact]
    public void MixturesAreSolved()
    {
        var full = Ask("mixture-theory dimension=500 learning-rate=0.7 until=4 modes=full");
        BenchmarkEquality.Check(EqualityCheck.MixtureValues, full, Ask("mixture-theory dimension=500 learning-rate=0.7 until=4 modes=compressed")).ShouldContain("the same numbers");
        BenchmarkEquality.Check(EqualityCheck.MixtureLaw, full, Ask("mixture dimension=500 learning-rate=0.7 steps=2000 seed=1")).ShouldContain("the same law");
    }

    [Fact]
    public void WorkThatIsNotEqualIsNotCompared()
    {
        var ours = WorkerMessage.Parse("s=1 u=1 mse=0.5", isRequest: false);
        var theirs = WorkerMessage.Parse("s=1 u=1 mse=0.500001", isRequest: false);
        Should.Throw<InvalidOperationException>(() => BenchmarkEquality.Check(EqualityCheck.Values, ours, theirs)).Message.ShouldContain("differ by");
        BenchmarkEquality.Check(EqualityCheck.Law, ours, theirs).ShouldContain("the same law");
    }

    [Fact]
    public void ResultsHaveTheDocumentedNames()
    {
        var json = BenchmarkReport.Json([new BenchmarkResult("flow-d1000-rtol1e-6", "solve", 1e-3, "scipy-lsoda", 1, 1000, 5, 80, "")], ["scipy 1"]);
        json["cpu"]!.GetValue<string>().ShouldNotBeEmpty();
        var result = json["results"]![0]!;
        foreach (var name in new[] { "work", "ours_s", "peer", "peer_s", "ratio", "spread" })
            result[name].ShouldNotBeNull();
    }

    [Fact]
    public void ThePeersComeWithTheProgram()
    {
        using var files = PeerFiles.Unpack();
        foreach (var name in new[] { "protocol.py", "problem.py", "numpy_peer.py", "torch_peer.py", "scipy_peer.py", "cvode_peer.c" })
            File.Exists(Path.Combine(files.Folder, name)).ShouldBeTrue(name);
    }

    private static WorkerMessage Ask(string request)
    {
        using var output = new StringWriter();
        EngineWorker.Serve(new StringReader(request + "\n"), output);
        return WorkerMessage.Parse(output.ToString(), isRequest: false);
    }
}
