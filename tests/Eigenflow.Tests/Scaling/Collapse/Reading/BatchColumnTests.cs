using Eigenflow.Scaling.Collapse;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling.Collapse;

/// <summary>Steps of different batches are made comparable, or refused.</summary>
public sealed class BatchColumnTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void StepsTimesBatchesAreExamples()
    {
        var data = Read("params,seed,step,batch_size,loss\n1e6,0,10,4,3\n1e6,0,20,4,2\n4e6,0,10,16,3\n4e6,0,20,16,2\n");
        data.TimeName.ShouldBe("examples");
        data.Runs[0].Times.ShouldBe([40, 80]);
        data.Runs[1].Times.ShouldBe([160, 320]);
        data.Notes.ShouldContain("times are step × batch_size");
    }

    [Fact]
    public void WithLengthsOfSequencesTheyAreTokens()
    {
        var data = Read("params,seed,step,batch_size,seq_len,loss\n1e6,0,10,4,128,3\n1e6,0,20,4,128,2\n4e6,0,10,16,256,3\n4e6,0,20,16,256,2\n");
        data.TimeName.ShouldBe("tokens");
        data.Runs[0].EndTime.ShouldBe(20 * 4 * 128);
        data.Runs[1].EndTime.ShouldBe(20 * 16 * 256);
    }

    [Fact]
    public void ContradictionsAreRefused()
    {
        const string Table = "params,seed,step,batch_size,loss\n1e6,0,10,4,3\n1e6,0,20,4,2\n4e6,0,10,16,3\n4e6,0,20,16,2\n";
        Should.Throw<ParameterException>(() => Read(Table, new LadderReading { TokensPerStep = 4 })).Message.ShouldContain("batch_size");
        Should.Throw<InputFileException>(() => Read("params,seed,step,batch_size,loss\n1e6,0,10,4,3\n1e6,0,20,8,2\n")).Message.ShouldContain("in one run");
        Read("params,seed,step,loss\n1e6,0,10,3\n1e6,0,20,2\n").Notes.ShouldContain(note => note.Contains("taken to be the same for all runs", StringComparison.Ordinal));
    }

    // What was left out is said of a run and not of a size.
    [Fact]
    public void NotesNameTheSeed() =>
        Read("params,seed,tokens,loss\n1e6,0,10,3\n1e6,0,20,\n1e6,0,30,2\n1e6,1,10,3\n1e6,1,20,2.5\n1e6,1,30,2\n").Notes.ShouldContain(note => note.Contains("seed 0", StringComparison.Ordinal));

    private LadderData Read(string text, LadderReading? reading = null) => LadderReader.Read([folder.Write("runs.csv", text)], reading);
}
