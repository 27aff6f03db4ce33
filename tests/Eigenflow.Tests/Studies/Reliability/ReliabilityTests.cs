using Eigenflow.Data;
using Eigenflow.Studies;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Studies;

/// <summary>docs/reliability.md: whatever happens, no finished run is lost or repeated, and the bytes are those of an undisturbed sweep.</summary>
public sealed class ReliabilityTests : IDisposable
{
    private const int Count = 4;
    private static readonly ProcessIdentity Dead = ProcessIdentity.Current with { Number = int.MaxValue };
    private static readonly ProcessIdentity Elsewhere = new("another machine", "its boot", "its space", 1, "1");
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void AProcessKilledAtAnyWritePointLosesAndRepeatsNothing()
    {
        var reference = Reference();
        var points = new FaultyFiles(0, FaultKind.KilledBefore);
        Sweep("counted", new TinySystem(), points).IsComplete.ShouldBeTrue();
        points.Points.ShouldBeGreaterThan(30);
        var faults = 0;
        foreach (var kind in new[] { FaultKind.KilledBefore, FaultKind.KilledWithin, FaultKind.KilledAfter })
        {
            for (var point = 1; point <= points.Points; point++)
            {
                var name = $"{kind}-{point}";
                SweepWithFault(name, new FaultyFiles(point, kind), Dead);
                var kept = Runs(name);
                kept.ShouldAllBe(pair => pair.Value.SequenceEqual(reference[pair.Key]));
                var second = new TinySystem();
                Sweep(name, second).IsComplete.ShouldBeTrue();
                second.Solves.ShouldBe(Count - kept.Count);
                MustEqual(name, reference);
                faults++;
            }
        }

        faults.ShouldBe(3 * points.Points);
        TestContext.Current.TestOutputHelper?.WriteLine($"{faults} faults");
    }

    [Fact]
    public void AFullDiskIsAnErrorAndLosesNothing()
    {
        var reference = Reference();
        for (var point = 1; point <= 40; point++)
        {
            var name = $"full-{point}";
            if (SweepWithFault(name, new FaultyFiles(point, FaultKind.DiskFull), ProcessIdentity.Current) is { } error)
            {
                error.Message.ShouldContain("No space left");
                error.Message.ShouldContain("the same command continues");
            }
            else
            {
                // Only the log could not be written.
                point.ShouldBeGreaterThan(20);
            }

            Sweep(name, new TinySystem()).IsComplete.ShouldBeTrue();
            MustEqual(name, reference);
        }
    }

    [Fact]
    public void AFolderThatCannotBeWrittenIsAnError() =>
        Should.Throw<InputFileException>(() => Sweep("/proc/eigenflow", new TinySystem())).Message.ShouldContain("/proc/eigenflow");

    [Fact]
    public void FilesThatAreCutOffOrForeignAreSetAsideAndComputedAgain()
    {
        var reference = Reference();
        var system = new TinySystem();
        Sweep("a", system);
        var paths = Directory.GetFiles(folder.Path("a/runs"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        var whole = File.ReadAllBytes(paths[0]);
        var trials = 0;
        foreach (var bytes in new[] { [], whole[..3], whole[..^1], whole[..(whole.Length / 2)], "not Parquet at all, but long enough to be looked at"u8.ToArray(), File.ReadAllBytes(paths[1]), [.. whole[..^8], 255, 255, 255, 127, .. whole[^4..]] })
        {
            File.WriteAllBytes(paths[0], bytes);
            var outcome = Sweep("a", new TinySystem());
            outcome.SetAside.ShouldBe(1);
            outcome.Computed.ShouldBe(1);
            File.ReadAllBytes(Directory.GetFiles(folder.Path("a/damaged")).Single()).ShouldBe(bytes);
            MustEqual("a", reference);
            trials++;
        }

        trials.ShouldBe(7);

        // Foreign names are left alone.
        File.WriteAllText(folder.Path("a/runs/notes.txt"), "mine");
        Sweep("a", new TinySystem()).Kept.ShouldBe(Count);
        File.Exists(folder.Path("a/runs/notes.txt")).ShouldBeTrue();
    }

    [Fact]
    public void DamageWithinAFileIsFoundByItsChecksum()
    {
        var reference = Reference();
        Sweep("a", new TinySystem());
        var path = Directory.GetFiles(folder.Path("a/runs"), "*", SearchOption.AllDirectories)[0];
        var whole = File.ReadAllBytes(path);
        for (var bit = 0; bit < 8 * whole.Length; bit++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Should.Throw<FormatException>(() => RunFile.Read(bytes)).Message.ShouldNotBeEmpty();
        }

        RunFile.Read(whole).Columns.ShouldContainKey("e");
        var damaged = (byte[])whole.Clone();
        damaged[200] ^= 1;
        File.WriteAllBytes(path, damaged);
        Sweep("a", new TinySystem()).Computed.ShouldBe(0);
        var outcome = Sweep("a", new TinySystem(), verifies: true);
        (outcome.SetAside, outcome.Computed).ShouldBe((1, 1));
        MustEqual("a", reference);
    }

    [Fact]
    public void TwoWritersShareTheWorkAndRepeatNothing()
    {
        using var start = new Barrier(4);
        var system = new TinySystem { Before = _ => Thread.Sleep(2) };
        var outcomes = new SweepOutcome[4];
        var threads = Enumerable.Range(0, 4).Select(k => new Thread(() =>
        {
            start.SignalAndWait();
            outcomes[k] = new SweepRunner { Study = TinySystem.Study(system, 100), Folder = folder.Path("shared"), Workers = 2 }.Run();
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        outcomes.ShouldAllBe(outcome => outcome.IsComplete);
        system.Solves.ShouldBe(100);
        outcomes.Sum(outcome => outcome.Computed).ShouldBe(100);
        Runs("shared").Count.ShouldBe(100);
        Leftovers("shared").ShouldBeEmpty();
    }

    [Fact]
    public void ClockJumpsAndTimeStampsChangeNothing()
    {
        var reference = Reference();
        Sweep("a", new TinySystem());
        foreach (var date in new[] { new DateTime(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2099, 1, 1, 0, 0, 0, DateTimeKind.Utc) })
        {
            foreach (var path in Directory.GetFiles(folder.Path("a"), "*", SearchOption.AllDirectories))
                File.SetLastWriteTimeUtc(path, date);
            var system = new TinySystem();
            Sweep("a", system).Kept.ShouldBe(Count);
            system.Solves.ShouldBe(0);
        }

        MustEqual("a", reference);
    }

    [Fact]
    public void AClaimFromAnotherMachineIsStaleOnlyWithoutASignOfLife()
    {
        var clock = new ManualClock();
        var work = folder.Path("work");
        using var other = new ClaimBoard(work, DiskFiles.Instance, clock, Elsewhere);
        other.TryTake("run").ShouldBeTrue();
        using var mine = new ClaimBoard(work, DiskFiles.Instance, clock);
        mine.TryTake("run").ShouldBeFalse();

        // Dates may jump as they like, and owners that show signs of life keep what they hold.
        clock.Date = clock.Date.AddYears(70);
        mine.TryTake("run").ShouldBeFalse();
        clock.Advance(ClaimBoard.StaleAfter / 2);
        File.AppendAllText(Path.Combine(work, "owner-" + other.Owner), "beat");
        mine.TryTake("run").ShouldBeFalse();
        clock.Advance(ClaimBoard.StaleAfter - TimeSpan.FromSeconds(1));
        mine.TryTake("run").ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));
        mine.TryTake("run").ShouldBeTrue();

        // The late owner no longer holds it, and gives back nothing that is not its own.
        other.Release("run");
        other.TryTake("run").ShouldBeFalse();
        mine.Release("run");
        other.TryTake("run").ShouldBeTrue();
        other.Release("run");
    }

    [Fact]
    public void AClaimOfAProcessThatHasEndedIsTakenAtOnce()
    {
        var clock = new ManualClock();
        var dead = new ClaimBoard(folder.Path("work"), DiskFiles.Instance, clock, Dead);
        dead.TryTake("run").ShouldBeTrue();
        File.WriteAllText(dead.Temporary("run"), "half a fi");
        using (var mine = new ClaimBoard(folder.Path("work"), DiskFiles.Instance, clock))
        {
            mine.Clean();
            Directory.GetFiles(folder.Path("work")).ShouldHaveSingleItem().ShouldEndWith(mine.Owner);
            mine.TryTake("run").ShouldBeTrue();
            mine.Release("run");
        }

        Directory.Exists(folder.Path("work")).ShouldBeFalse();
    }

    [Fact]
    public void AClaimFromBeforeABootIsTakenAtOnce()
    {
        // The same machine, whose processes before the boot are gone; the number may be anyone's by now.
        var before = ProcessIdentity.Current with { Boot = "00000000" };
        before.HasEnded.ShouldBeTrue();
        (before with { Space = "000000" }).HasEnded.ShouldBeTrue();
        (before with { Boot = "" }).HasEnded.ShouldBeFalse("without the name of a boot nothing is known");
        (ProcessIdentity.Current with { Space = "000000" }).HasEnded.ShouldBeFalse("another container of this machine");
        Elsewhere.HasEnded.ShouldBeFalse();
        ProcessIdentity.Parse(before.NewName()).ShouldBe(before);
        var clock = new ManualClock();
        var board = new ClaimBoard(folder.Path("work"), DiskFiles.Instance, clock, before);
        board.TryTake("run").ShouldBeTrue();
        using var mine = new ClaimBoard(folder.Path("work"), DiskFiles.Instance, clock);
        mine.TryTake("run").ShouldBeTrue();
        mine.Release("run");
    }

    [Fact]
    public void TheSavedStatesOfARunThatIsDoneAreDeletedByTheNextCall()
    {
        // Its owner was killed after the file was in its place and before the states were gone.
        Sweep("killed", new TinySystem());
        var done = Path.GetFileNameWithoutExtension(Runs("killed").Keys.First());
        Directory.CreateDirectory(folder.Path($"killed/checkpoints/{done}/0"));
        File.WriteAllText(folder.Path($"killed/checkpoints/{done}/0/state"), "state");
        Directory.CreateDirectory(folder.Path("killed/checkpoints/0123456789abcdef"));
        Sweep("killed", new TinySystem()).Kept.ShouldBe(Count);
        Directory.GetDirectories(folder.Path("killed/checkpoints")).Select(Path.GetFileName).ShouldBe(["0123456789abcdef"], "the states of other runs stay");
    }

    [Fact]
    public void ThousandsOfTinyRunsAreOneSweep()
    {
        const int runs = 3000;
        var system = new TinySystem();
        var study = TinySystem.Study(system, runs);
        new SweepRunner { Study = study, Folder = folder.Path("many"), Files = FaultyFiles.None }.Run().IsComplete.ShouldBeTrue();
        new SweepRunner { Study = study, Folder = folder.Path("many"), Files = FaultyFiles.None }.Run().Kept.ShouldBe(runs);
        system.Solves.ShouldBe(runs);
        var results = StudyResults.Read(study, folder.Path("many"));
        results.Done.ShouldBe(runs);
        RunTableWriter.Write(results).ShouldAllBe(path => new FileInfo(path).Length > 300_000);
    }

    public void Dispose() => folder.Dispose();

    private Dictionary<string, byte[]> Reference()
    {
        Sweep("reference", new TinySystem()).IsComplete.ShouldBeTrue();
        var runs = Runs("reference");
        runs.Count.ShouldBe(Count);
        return runs;
    }

    private SweepOutcome Sweep(string name, TinySystem system, IStoreFiles? files = null, ProcessIdentity? identity = null, bool verifies = false) => new SweepRunner
    {
        Study = TinySystem.Study(system, Count),
        Folder = folder.Path(name),
        Workers = 1,
        Files = files ?? FaultyFiles.None,
        Clock = new ManualClock(),
        Identity = identity ?? ProcessIdentity.Current,
        Verifies = verifies,
    }.Run();

    // A fault in the last steps, such as in the log of timings, is no error.
    private InputFileException? SweepWithFault(string name, FaultyFiles files, ProcessIdentity identity)
    {
        try
        {
            Sweep(name, new TinySystem(), files, identity);
            return null;
        }
        catch (InputFileException exception)
        {
            return exception;
        }
    }

    private void MustEqual(string name, Dictionary<string, byte[]> reference)
    {
        var runs = Runs(name);
        runs.Count.ShouldBe(reference.Count);
        foreach (var (path, bytes) in reference)
            runs[path].AsSpan().SequenceEqual(bytes).ShouldBeTrue(path);
        Leftovers(name).ShouldBeEmpty();
    }

    private Dictionary<string, byte[]> Runs(string name) => Directory.Exists(folder.Path(name + "/runs"))
        ? Directory.GetFiles(folder.Path(name + "/runs"), "*.parquet", SearchOption.AllDirectories).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes, StringComparer.Ordinal)
        : [];

    private string[] Leftovers(string name) =>
        [.. Directory.GetFiles(folder.Path(name), "*", SearchOption.AllDirectories).Where(path => path.Split(Path.DirectorySeparatorChar).Contains("work", StringComparer.Ordinal) || path.Contains("temp-", StringComparison.Ordinal) || path.EndsWith(".tmp", StringComparison.Ordinal))];
}
