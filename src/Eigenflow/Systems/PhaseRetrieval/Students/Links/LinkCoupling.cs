using Eigenflow.Numerics.Ode;

namespace Eigenflow.Systems.PhaseRetrieval;

/// <summary>What a link changes of the population flow: drift, slopes, loss, and when the state passes to the deviation from the teacher.</summary>
/// <param name="link">The link.</param>
/// <param name="overlap">s*.</param>
internal sealed class LinkCoupling(LinkFunction link, double overlap)
{
    // Between these nothing is lost by subtracting the teacher; the sign of u may still change, and the state then goes back.
    private const double Enter = 0.7, Leave = 0.4, LargestSelf = 2;

    private readonly LinkLandscape absolute = new(link, isDeviation: false);
    private readonly LinkLandscape deviation = new(link, isDeviation: true);

    /// <summary>Whether the link is the square, by which u grows at a rate from the start on.</summary>
    public bool IsSquare => link[4] == 0 && link[6] == 0;

    /// <summary>The loss in the variables v and r.</summary>
    public LinkLandscape Landscape => absolute;

    public (double G, double H) Drift(PhaseFrame frame, double linear, double quadratic)
    {
        var (g, h) = In(frame).Drift(linear / overlap, quadratic / overlap);
        return (overlap * g, overlap * h);
    }

    public CoupledSlopes Slopes(PhaseFrame frame, double linear, double quadratic)
    {
        var (landscape, q, p) = (In(frame), linear / overlap, quadratic / overlap);
        return new CoupledSlopes(landscape.GByLinear.At(q, p), landscape.GByQuadratic.At(q, p), landscape.HByLinear.At(q, p), landscape.HByQuadratic.At(q, p));
    }

    public double Loss(PhaseFrame frame, double linear, double quadratic) => overlap * overlap * In(frame).Loss(linear / overlap, quadratic / overlap);

    public PhaseFrame Proper(PhaseFrame frame, PhaseStatistics statistics)
    {
        var (u, r) = (statistics.U / overlap, statistics.S / overlap);
        if (frame.IsDeviation && Math.Sign(u) == frame.Sign)
            return Math.Abs(u) < Leave || r > LargestSelf ? PhaseFrame.Absolute : frame;
        return Math.Abs(u) > Enter && r < LargestSelf / 1.25 ? new PhaseFrame(true, Math.Sign(u)) : PhaseFrame.Absolute;
    }

    private LinkLandscape In(PhaseFrame frame) => frame.IsDeviation ? deviation : absolute;
}
