// java -cp HermiT.jar Profile.java FILE.rdf: what the OWL API and HermiT say of an ontology, a line each.
import java.io.File;
import org.semanticweb.HermiT.Reasoner;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLClass;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

public class Profile {
  public static void main(String[] args) throws Exception {
    OWLOntology ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(args[0]));
    System.out.println("axioms " + ontology.getAxiomCount());
    for (OWLProfileViolation violation : new OWL2DLProfile().checkOntology(ontology).getViolations())
      System.out.println("violation " + violation);
    Reasoner reasoner = new Reasoner(ontology);
    System.out.println("consistent " + reasoner.isConsistent());
    for (OWLClass nothing : reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom())
      System.out.println("unsatisfiable " + nothing);
  }
}
