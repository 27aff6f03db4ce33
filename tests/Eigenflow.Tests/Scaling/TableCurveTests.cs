using Eigenflow.Scaling;
using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Scaling;

public sealed class TableCurveTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ExtremesThatAnExportWritesBesideAMetricAreNoCurves()
    {
        var path = Write("wandb.csv", "Step,a - train/loss,a - train/loss__MIN,a - train/loss__MAX,b - train/loss,b - train/loss__MIN,b - train/loss__MAX\n1,3,2.9,3.1,4,3.9,4.1\n2,2,1.9,2.1,3,2.9,3.1\n");
        var curves = TableCurve.Read([path], new CurveColumns());
        curves.Select(curve => curve.YName).ShouldBe(["a - train/loss", "b - train/loss"]);
        curves.ShouldAllBe(curve => curve.Notes.Count(note => note.Contains("4 such columns", StringComparison.Ordinal) && note.Contains("--y 'a - train/loss__MIN'", StringComparison.Ordinal)) == 1);

        // One that is asked for by name is read.
        TableCurve.Read([path], new CurveColumns { Y = ["b - train/loss__MAX"] }).Single().Y.ShouldBe([4.1, 3.1]);
    }

    [Fact]
    public void AColumnThatIsNobodysExtremeIsACurve()
    {
        var path = Write("own.csv", "x,depth__MIN,other\n1,3,2\n2,2,1\n");
        var curves = TableCurve.Read([path], new CurveColumns());
        curves.Select(curve => curve.YName).ShouldBe(["depth__MIN", "other"]);
        curves.ShouldAllBe(curve => curve.Notes.Count == 0);
    }

    private string Write(string name, string text)
    {
        var path = folder.Path(name);
        File.WriteAllText(path, text);
        return path;
    }
}
